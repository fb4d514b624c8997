import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExchangeError } from '../errors.js';
import { codeFolder } from '../errors/code-folder.js';
import type { ConfiguredConnections } from './connections-reporter.js';

const reporter = fileURLToPath(new URL('cli/connections-reporter.js', codeFolder));

/** No test file is read; the config is. */
const noTests = ['--list', '--pass-with-no-tests', '^no test file has this name$'];

/**
 * The connections that a Playwright config defines. Playwright itself reads it, TypeScript and all, as it does
 * when it runs the tests.
 * @param config its path; otherwise the one in the working directory
 * @throws CONFIGURATION where there is none, or it defines no connections
 */
export async function loadConnections(config: string | undefined): Promise<ConfiguredConnections> {
  const args = ['test', ...noTests, `--reporter=${reporter}`, ...(config === undefined ? [] : ['--config', config])];
  const { connections, output } = await runPlaywright(playwrightCli(), args);
  if (!connections) {
    throw new ExchangeError('CONFIGURATION', `Playwright can't read its config: ${output.trim()}`);
  }
  if (Object.keys(connections.definitions).length > 0) return connections;
  throw new ExchangeError('CONFIGURATION', 'The Playwright config defines no connections.', {
    advice: [
      'Set exchangeConnections in its `use` section, to what defineConnections() makes.',
      'Run the command where playwright.config.ts is, or name it with --config.',
    ],
  });
}

interface Outcome {
  readonly connections: ConfiguredConnections | undefined;
  readonly output: string;
}

function runPlaywright(cli: string, args: readonly string[]): Promise<Outcome> {
  const child = fork(cli, [...args], { silent: true, execArgv: [], env: { ...process.env, NO_COLOR: '1' } });
  let connections: ConfiguredConnections | undefined;
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  child.on('message', (message) => (connections = message as ConfiguredConnections));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.once('close', () => resolve({ connections, output }));
  });
}

/** The user's own Playwright. */
function playwrightCli(): string {
  try {
    const require = createRequire(join(process.cwd(), 'package.json'));
    return join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  } catch (cause) {
    throw new ExchangeError('CONFIGURATION', `Playwright is not installed in ${process.cwd()}.`, {
      cause,
      advice: ['Run the command in the folder of the tests.'],
    });
  }
}
