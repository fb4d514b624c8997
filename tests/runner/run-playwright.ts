import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectFolder, runsFolder, type LayoutName } from '../../scripts/installed.mjs';
import type { JSONReport, JSONReportSpec, JSONReportSuite, JSONReportTest } from '@playwright/test/reporter';

export interface Run {
  readonly exitCode: number | null;
  /** What a person sees in the terminal. */
  readonly output: string;
  /** Every test of the run, by its title. */
  readonly tests: ReadonlyMap<string, JSONReportTest & { readonly spec: JSONReportSpec }>;
}

export interface RunOptions {
  /** Files by name; `a.spec.ts` is the usual one. */
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where to run, for looking at what is left there: below the project. @default a folder that is removed afterwards */
  readonly directory?: string;
  /** Which installed project to run in. @default 'newest' */
  readonly layout?: LayoutName;
  /** The Node that runs it. @default the one that runs this */
  readonly node?: string;
  /** Called once the runner has printed something that matches. */
  readonly when?: { readonly prints: RegExp; readonly act: (runner: ChildProcess, output: string) => void };
}

const cli = 'node_modules/@playwright/test/cli.js';

/** Runs Playwright Test on files of one's own, as a user does, in a project where the package is installed. */
export async function runPlaywright(options: RunOptions): Promise<Run> {
  if (options.directory !== undefined) return await runIn(options.directory, options);
  const folder = runsFolder(options.layout ?? 'newest');
  await mkdir(folder, { recursive: true });
  const directory = await mkdtemp(join(folder, 'run-'));
  try {
    return await runIn(directory, options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function runIn(directory: string, options: RunOptions): Promise<Run> {
  for (const [name, text] of Object.entries({ 'playwright.config.ts': defaultConfig, ...options.files })) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  const { exitCode, output } = await run(directory, options);
  return { exitCode, output, tests: await readReport(join(directory, 'report.json')) };
}

async function run(
  directory: string,
  { args = [], env, when, layout = 'newest', node = process.execPath }: RunOptions,
): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(node, [join(projectFolder(layout), cli), 'test', ...args], {
    cwd: directory,
    env: { ...outsideOfARun(), PLAYWRIGHT_JSON_OUTPUT_FILE: join(directory, 'report.json'), ...env },
  });
  let output = '';
  let told = false;
  const listen = (chunk: Buffer): void => {
    output += chunk.toString();
    if (told || !when?.prints.test(output)) return;
    told = true;
    when.act(child, output);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}

/** The environment of this run's worker would make the child think it is one. */
function outsideOfARun(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(TEST_|PLAYWRIGHT_|PW_|PWTEST_|FORCE_COLOR|DEBUG_COLORS|NODE_OPTIONS|CI$)/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
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
