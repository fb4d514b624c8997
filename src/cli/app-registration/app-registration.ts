import { parseArgs } from 'node:util';
import { loadEnvironment } from '../../config/environment.js';
import { chooseConnections } from '../choose-connections.js';
import { asUsage, UsageError, type Command } from '../command.js';
import { loadConnections } from '../load-connections.js';
import { readApp } from './app.js';
import { describeSteps } from './describe-steps.js';

const help = `Usage: playwright-exchange app-registration [NAME] [--config <file>]

Prints what an administrator has to run or to click for a connection, or for all of them: the app registration, what
it proves itself with, its permissions, consent, its mailboxes, and the switches of the protocol. It runs nothing, and
needs no variable to be set.

Options:
  -c, --config <file>  The Playwright config that defines the connections (default: the one in this folder)
  -h, --help           Show this

Exit codes: 0 it is printed; 1 the config can't be read; 2 the command line is wrong
`;

/** `playwright-exchange app-registration` */
export const appRegistrationCommand: Command = async (args) => {
  const { values: options, positionals } = asUsage(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { config: { type: 'string', short: 'c' }, help: { type: 'boolean', short: 'h' } },
    }),
  );
  if (options.help) return void process.stdout.write(help);
  const [name, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`one name is enough, not '${rest[0]}' too`);
  const { definitions, directory } = await loadConnections(options.config);
  const environment = await loadEnvironment(directory);
  const texts = Object.entries(chooseConnections(definitions, name)).map(([connection, definition]) => {
    const app = readApp(connection, definition, environment);
    return app ? describeSteps(app) : `${connection}: it signs in with a password, and needs no app registration.`;
  });
  console.log(texts.join('\n\n---\n\n'));
};
