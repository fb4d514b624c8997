import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from '../sandbox/index.js';
import { asUsage, readPort, type Command } from './command.js';
import { openBrowser } from './open-browser.js';
import { stopRequested } from './stop-requested.js';

const help = `Usage: playwright-exchange sandbox [options]

Starts a local stand-in for Microsoft's sign-in, Exchange Web Services, Graph, IMAP and SMTP on 127.0.0.1,
and prints what to connect to. Its address in a browser shows the mails as they come. It runs until Ctrl-C, SIGTERM, or the end of the pipe at its standard input.

Options:
  --port <number>       The port for sign-in, EWS and Graph (default: a free one)
  --smtp-port <number>  The port for SMTP (default: a free one)
  --imap-port <number>  The port for IMAP (default: a free one)
  --host <name>         A name that it is reached by besides localhost and addresses, such as host.docker.internal;
                        may be given several times
  --proxy               Be an HTTP proxy too, for programs that know Microsoft's hosts alone: what is meant for
                        login.microsoftonline.com, graph.microsoft.com, outlook.office365.com ... ends here, all else
                        is refused
  --seed <folder>       .eml files that are there from the start: in folders named after a mailbox and its folder
                        (qa@contoso.com/Sent Items), or on top, for whom they name
  --data <folder>       Where the mailboxes outlive the sandbox (default: they are in memory)
  --webhook <url>       A URL on this machine that is told of every delivery
  --open                Open that page in the browser
  -h, --help            Show this

Exit codes: 0 it was stopped; 1 a port is taken, or a folder can't be used; 2 the command line is wrong
`;

/** `playwright-exchange sandbox` */
export const sandboxCommand: Command = async (args) => {
  const { values: options } = asUsage(() =>
    parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'smtp-port': { type: 'string' },
        'imap-port': { type: 'string' },
        host: { type: 'string', multiple: true },
        seed: { type: 'string' },
        data: { type: 'string' },
        webhook: { type: 'string' },
        proxy: { type: 'boolean' },
        open: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (options.help) return void process.stdout.write(help);
  const port = readPort('port', options.port);
  const smtpPort = readPort('smtp-port', options['smtp-port']);
  const imapPort = readPort('imap-port', options['imap-port']);
  const { host: hosts = [], proxy = false, seed, data, webhook } = options;
  await using sandbox = await startSandbox({
    port,
    smtpPort,
    imapPort,
    hosts,
    proxy,
    ...(seed !== undefined && { seed }),
    ...(data !== undefined && { data }),
    ...(webhook !== undefined && { webhook }),
  });
  process.stdout.write(greeting(sandbox));
  if (options.open) openBrowser(sandbox.url);
  await stopRequested();
};

/** The last line is for programs: `sandboxServer()` waits for it. */
function greeting({ url, smtp, imap, env }: Sandbox): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return `The sandbox is running. Stop it with Ctrl-C.

  Its mails, requests and faults are at ${url}

  Sign-in   ${url}/<tenant>/oauth2/v2.0/authorize
            any address as the user, password 'secret'; client ID 'sandbox', client secret 'sandbox';
            for device codes client ID 'sandbox-public'
  EWS       ${url}/EWS/Exchange.asmx
  Graph     ${url}/v1.0
  SMTP      ${smtp.host}:${smtp.port}, no authentication needed
  IMAP      ${imap.host}:${imap.port}; with TLS ${imap.host}:${imap.tlsPort}

A connection to it, for exchange.config.ts:

  import { sandboxConnection } from 'playwright-exchange/config';
  sandboxConnection({ protocol: 'graph', url: '${url}' })

${variables.join(' ')}
`;
}
