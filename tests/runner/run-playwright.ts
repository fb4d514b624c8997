import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectFolder, runsFolder, type LayoutName } from '../../scripts/installed.mjs';
import type { JSONReport, JSONReportSpec, JSONReportSuite, JSONReportTest } from '@playwright/test/reporter';
import { runProgram, type Outcome, type ProgramOptions } from './run-program.js';

export interface Run extends Outcome {
  /** Every test of the run, by its title. */
  readonly tests: ReadonlyMap<string, JSONReportTest & { readonly spec: JSONReportSpec }>;
}

export interface RunOptions extends Omit<ProgramOptions, 'cwd'> {
  /** Files by name; `a.spec.ts` is the usual one. */
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Where to run, for looking at what is left there: below the project. @default a folder that is removed afterwards */
  readonly directory?: string;
  /** Which installed project to run in. @default 'newest' */
  readonly layout?: LayoutName;
}

const cli = 'node_modules/@playwright/test/cli.js';

/** Runs Playwright Test on files of one's own, as a user does, in a project where the package is installed. */
export async function runPlaywright(options: RunOptions): Promise<Run> {
  return await inFolder(options, (directory) => runIn(directory, options));
}

/** Does something in a folder: in a new one below an installed project, which is removed afterwards, unless one is given. */
export async function inFolder<T>(
  { directory: given, layout = 'newest' }: Pick<RunOptions, 'directory' | 'layout'>,
  act: (directory: string) => Promise<T>,
): Promise<T> {
  if (given !== undefined) return await act(given);
  const folder = runsFolder(layout);
  await mkdir(folder, { recursive: true });
  const directory = await mkdtemp(join(folder, 'run-'));
  try {
    return await act(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function runIn(directory: string, options: RunOptions): Promise<Run> {
  const { args = [], env, layout = 'newest', node, when } = options;
  for (const [name, text] of Object.entries({ 'playwright.config.ts': defaultConfig, ...options.files })) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  const report = join(directory, 'report.json');
  const outcome = await runProgram([join(projectFolder(layout), cli), 'test', ...args], {
    cwd: directory,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...env },
    node,
    when,
  });
  return { ...outcome, tests: await readReport(report) };
}

async function readReport(file: string): Promise<Run['tests']> {
  const text = await readFile(file, 'utf8').catch(() => '{"suites":[]}');
  const specs = (JSON.parse(text) as JSONReport).suites.flatMap(specsOf);
  return new Map(specs.flatMap((spec) => spec.tests.map((test) => [spec.title, { ...test, spec }] as const)));
}

function specsOf(suite: JSONReportSuite): JSONReportSpec[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/** Reads where the sandbox is from the environment, as a user's config does. */
const defaultConfig = `
import { defineConfig } from '@playwright/test';
import type { ExchangeOptions } from 'playwright-exchange';
import { sandboxConnection } from 'playwright-exchange/config';

export default defineConfig<ExchangeOptions>({
  reporter: [['list'], ['json']],
  timeout: 120_000,
  outputDir: './results',
  use: { exchangeConnections: { sandbox: sandboxConnection({ protocol: 'ews' }) } },
});
`;
