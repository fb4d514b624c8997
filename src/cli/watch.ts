import { parseArgs } from 'node:util';
import { loadEnvironment } from '../config/environment.js';
import { openConnection } from '../mail/open-connection.js';
import { chooseConnections } from './choose-connections.js';
import { asUsage, UsageError, type Command } from './command.js';
import { describeArrival } from './describe-arrival.js';
import { loadConnections } from './load-connections.js';
import { stopRequested } from './stop-requested.js';

const help = `Usage: playwright-exchange watch [NAME] [--config <file>]

Prints each message that arrives in a connection's mailbox from now on, whoever it is for, and the filter that would
match it. NAME may be left out where there is one connection. It runs until Ctrl-C, SIGTERM, or the end of the pipe at
its standard input. Codes and links are shown: that is what it is for.

Options:
  -c, --config <file>  The Playwright config that defines the connections (default: the one in this folder)
  -h, --help           Show this

Exit codes: 0 it was stopped; 1 something is wrong; 2 the command line is wrong
`;

/** `playwright-exchange watch` */
export const watchCommand: Command = async (args) => {
  const { values: options, positionals } = asUsage(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { config: { type: 'string', short: 'c' }, help: { type: 'boolean', short: 'h' } },
    }),
  );
  if (options.help) return void process.stdout.write(help);
  const [wanted, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`one name is enough, not '${rest[0]}' too`);
  const { definitions, directory } = await loadConnections(options.config);
  const [chosen, ...others] = Object.entries(chooseConnections(definitions, wanted));
  if (others.length > 0) throw new UsageError(`a name is missing: ${Object.keys(definitions).join(', ')}`);
  const [name, definition] = chosen!;
  await using connection = await openConnection(name, definition, await loadEnvironment(directory), { directory });
  // The account's own address, not a new one: it sees what comes for every tag.
  await using mailbox = await connection.mailbox(connection.address, { timeout: 0 });
  const subscription = await mailbox.subscribe();
  console.log(`Watching the inbox of ${connection.address}. Stop with Ctrl-C.`);
  const stopped = stopRequested().then(() => subscription.close());
  for await (const message of subscription) console.log(`\n${describeArrival(message)}`);
  await stopped;
};
