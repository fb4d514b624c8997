import { parseArgs } from 'node:util';
import { loadEnvironment } from '../config/environment.js';
import type { Diagnosis, LegResult } from '../diagnosis/leg.js';
import { missingStep } from './app-registration/missing-step.js';
import { chooseConnections } from './choose-connections.js';
import { asUsage, readMilliseconds, UsageError, type Command } from './command.js';
import { describeLeg } from './doctor-report.js';
import { loadConnections } from './load-connections.js';

const help = `Usage: playwright-exchange doctor [NAME] [--json] [--no-send] [--timeout <ms>] [--config <file>]

Tries a connection leg by leg, each as far as those before it went well: definition, variables, proxy, host
look-up, TLS, sign-in, token, mailbox, push, a mail to itself, plus addressing. Prints a line for each, and for
one that fails the cause and what to do. Without NAME it tries all connections. No secret is printed, and the
mails that it sends are deleted again.

Options:
  --json               Print one JSON document instead, for programs
  --no-send            Send no mails: leave out the legs that need one
  --timeout <ms>       How long a leg may take, in milliseconds (default: 60000)
  -c, --config <file>  The Playwright config that defines the connections (default: the one in this folder)
  -h, --help           Show this

Exit codes: 0 all is well; 1 a leg failed, or the config can't be read; 2 the command line is wrong
`;

const defaultTimeout = 60_000;

/** `playwright-exchange doctor` */
export const doctorCommand: Command = async (args) => {
  const { values: options, positionals } = asUsage(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        'no-send': { type: 'boolean', default: false },
        timeout: { type: 'string' },
        config: { type: 'string', short: 'c' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (options.help) return void process.stdout.write(help);
  const [name, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`one name is enough, not '${rest[0]}' too`);
  const timeout = readMilliseconds('timeout', options.timeout, defaultTimeout);
  const { definitions, directory } = await loadConnections(options.config);
  const environment = await loadEnvironment(directory);
  const { diagnose } = await import('../diagnosis/diagnose.js');
  const diagnoses: Diagnosis[] = [];
  for (const [connection, definition] of Object.entries(chooseConnections(definitions, name))) {
    if (!options.json) console.log(connection);
    const report = (leg: LegResult): void => {
      if (options.json) return;
      const step = missingStep(connection, definition, { environment, leg });
      console.log([describeLeg(leg), ...(step ? [`      - ${step}`] : [])].join('\n'));
    };
    diagnoses.push(
      await diagnose(connection, definitions, { environment, directory, timeout, sends: !options['no-send'], report }),
    );
  }
  const ok = diagnoses.every((diagnosis) => diagnosis.ok);
  if (options.json) console.log(JSON.stringify({ ok, connections: diagnoses }, null, 2));
  if (!ok) process.exitCode = 1;
};
