import { fileURLToPath } from 'node:url';
import { codeFolder } from '../errors/code-folder.js';

export interface SandboxServerOptions {
  /** The port for HTTP. @default 0, a free one */
  readonly port?: number;
  /** The port for SMTP. @default 0, a free one */
  readonly smtpPort?: number;
  /** The port for IMAP. @default 0, a free one */
  readonly imapPort?: number;
  /** Names that it is reached by besides `localhost` and addresses: a container's `host.docker.internal`. @default none */
  readonly hosts?: readonly string[];
  /** Be an HTTP proxy too, that leads to itself what is meant for Microsoft's hosts, and refuses all else. @default false */
  readonly proxy?: boolean;
  /** A folder with `.eml` files that are in the mailboxes from the start. @default none */
  readonly seed?: string;
  /** A folder in which the mailboxes outlive the sandbox. @default none: they are in memory */
  readonly data?: string;
  /** A URL on this machine that is told of every delivery. @default none */
  readonly webhook?: string;
}

/** What the command prints at last, in this order. */
const variables = [
  'PLAYWRIGHT_EXCHANGE_SANDBOX',
  'PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP',
  'PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP',
];

/** An entry of Playwright's `webServer`. */
export interface SandboxServer {
  readonly name: string;
  readonly command: string;
  readonly wait: { readonly stdout: RegExp };
  readonly gracefulShutdown: { readonly signal: 'SIGTERM'; readonly timeout: number };
}

/**
 * The sandbox as an entry of Playwright's `webServer`: started once a run, stopped with it. Its addresses
 * reach every worker as `PLAYWRIGHT_EXCHANGE_SANDBOX`, where `sandboxConnection()` looks, and as
 * `PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP` and `PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP` (`host:port`), for it too, and for
 * the application under test.
 */
export function sandboxServer(options: SandboxServerOptions = {}): SandboxServer {
  const { port = 0, smtpPort = 0, imapPort = 0, hosts = [], proxy = false, seed, data, webhook } = options;
  const main = fileURLToPath(new URL('cli/main.js', codeFolder));
  const ports = [`--port ${port}`, `--smtp-port ${smtpPort}`, `--imap-port ${imapPort}`];
  const texts = [...hosts.map((host) => ['host', host] as const), ...Object.entries({ seed, data, webhook })];
  const named = texts.flatMap(([name, value]) => (value === undefined ? [] : `--${name} ${quote(value)}`));
  const addresses = variables.map((name) => `${name}=(?<${name}>\\S+)`);
  return {
    name: 'sandbox',
    command: `${quote(process.execPath)} ${quote(main)} sandbox ${[...ports, ...(proxy ? ['--proxy'] : []), ...named].join(' ')}`,
    // Playwright puts named groups into the environment. The line's end is awaited: output may come in pieces.
    wait: { stdout: new RegExp(`${addresses.join(' ')}\\r?\\n`) },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  };
}

/** For the shell that Playwright runs the command with. */
function quote(path: string): string {
  return process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
