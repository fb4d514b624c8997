import { parseArgs } from 'node:util';
import { decodeExportedToken, encodeExportedToken } from '../auth/store/exported-token.js';
import { changedFields } from '../auth/store/fingerprint.js';
import { needsPerson, openPersonsConnection, type PersonsConnection } from '../auth/persons-connection.js';
import { exportCommand } from '../auth/sign-in-again.js';
import { checkTokenVariables } from '../auth/store/token-variable.js';
import { loadEnvironment } from '../config/environment.js';
import { resolveConnection } from '../config/resolve-connection.js';
import type { ConnectionDefinitions } from '../config/types.js';
import { collect } from '../async/collect.js';
import { ExchangeError } from '../errors.js';
import { chooseConnections } from './choose-connections.js';
import { asUsage, UsageError, type Command } from './command.js';
import { loadConnections } from './load-connections.js';
import { showStatus } from './tokens-status.js';

const help = `Usage: playwright-exchange tokens <action> [NAME] [--json] [--config <file>]

The tokens of connections that a person signed in to; NAME may be left out where there is one.

Actions:
  status           Show for every connection who signed in, since when, and until when it is good; warn
                   from 14 days before that
  export           Print the exported token, for the variable PLAYWRIGHT_EXCHANGE_TOKEN_<NAME>: a secret
  import           Read an exported token from standard input, and keep it
  forget           Delete the tokens that are kept here

Options:
  --json               Print the status as one JSON document, for programs
  -c, --config <file>  The Playwright config that defines the connections (default: the one in this folder)
  -h, --help           Show this

Exit codes: 0 all is well; 1 a connection is not signed in, or the action failed; 2 the command line is wrong
`;

/** In octets: an exported token has some thousand. */
const maxInput = 1024 * 1024;

const actions: Readonly<Record<string, (connection: PersonsConnection) => Promise<void>>> = {
  export: exportToken,
  import: importToken,
  forget: forgetTokens,
};

/** `playwright-exchange tokens` */
export const tokensCommand: Command = async (args) => {
  const { values: options, positionals } = asUsage(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        config: { type: 'string', short: 'c' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (options.help) return void process.stdout.write(help);
  const [action = '', name, ...rest] = positionals;
  if (action !== 'status' && !Object.hasOwn(actions, action)) {
    throw new UsageError(`an action is wanted: status, ${Object.keys(actions).join(', ')}`);
  }
  if (rest.length > 0) throw new UsageError(`one name is enough, not '${rest[0]}' too`);
  if (options.json && action !== 'status') throw new UsageError('--json goes with status only');
  const { definitions, directory } = await loadConnections(options.config);
  checkTokenVariables(definitions);
  const environment = await loadEnvironment(directory);
  if (action === 'status') {
    return await showStatus(chooseConnections(definitions, name), { environment, directory }, options);
  }
  const [chosen] = Object.entries(chooseConnections(definitions, name ?? onlyPersons(definitions)));
  const resolved = await resolveConnection(...chosen!, environment);
  await actions[action]!(openPersonsConnection(resolved, environment, directory));
};

function onlyPersons(definitions: ConnectionDefinitions): string {
  const [name, ...others] = Object.keys(definitions).filter((each) => needsPerson(definitions[each]!));
  if (name === undefined) throw new UsageError('there is no connection that a person signs in to');
  if (others.length > 0) throw new UsageError(`a name is missing: ${[name, ...others].join(', ')}`);
  return name;
}

async function exportToken(connection: PersonsConnection): Promise<void> {
  const { refreshToken, issuedAt, fingerprint, account } = await connection.signIn();
  process.stdout.write(`${encodeExportedToken({ v: 1, refreshToken, issuedAt, fingerprint, account })}\n`);
}

async function importToken({ name, fingerprint, store }: PersonsConnection): Promise<void> {
  const input = await collect(process.stdin, maxInput);
  const token = decodeExportedToken(String(input ?? '').trim());
  if (!token) {
    throw new ExchangeError('CONFIGURATION', 'What came by standard input is no exported token.', {
      advice: [`Hand in, whole and unchanged, what this prints where it is authorised: ${exportCommand(name)}`],
    });
  }
  const changed = changedFields(token, fingerprint);
  if (changed.length > 0) {
    const list = changed.join(', ');
    const summary = `Changed: ${list} of connection "${name}" differ from what the exported token was authorised for.`;
    throw new ExchangeError('AUTH_CHANGED', summary, {
      advice: [
        `Restore ${list} in its definition, or hand in what this prints for it as it is: ${exportCommand(name)}`,
      ],
    });
  }
  const { refreshToken, issuedAt, account } = token;
  // What can't be read is not written over.
  await store.read();
  await store.write({ refreshToken, issuedAt, account, fingerprint, signedInAt: issuedAt });
  console.error(`Connection "${name}": ${account} is signed in.`);
}

async function forgetTokens({ name, store }: PersonsConnection): Promise<void> {
  const forgotten = await store.forget();
  console.error(`Connection "${name}": ${forgotten ? 'the tokens are deleted' : 'there were no tokens'}.`);
}
