import { startSandbox } from '../../src/sandbox/index.js';
import { runPlaywright, type Run } from './run-playwright.js';

/** The beginning of a spec. */
export const imports = `import { test, expect } from 'playwright-exchange';\n`;

/** The worker's connection is open when its tests begin: their time-outs can be short. */
export const warmUp = `test.beforeAll(async ({ mailbox }) => { await mailbox.find(); });\n`;

/**
 * Specs that run together, for tests that each look at one of them: to start Playwright costs several times what a spec does.
 * Such tests belong into a group of the mode `default`, lest every worker runs the specs. After a failure Playwright starts a
 * worker anew: a test that fails, and of which nothing but its errors is looked at, is a `test.fail()`.
 * @returns adds a spec, and gives what becomes of it: its tests, and what is said of its failures
 */
export function shareRun(): (name: string, spec: string) => () => Promise<Run> {
  const files: Record<string, string> = {};
  let running: Promise<Run> | undefined;
  return (name, spec) => {
    const file = `${name}.spec.ts`;
    files[file] = spec;
    return async () => partOf(await (running ??= runAll(files)), file);
  };
}

/** How the tests ended, in the order of the run. */
export function statuses(tests: Run['tests']): (string | undefined)[] {
  return [...tests.values()].map(({ results }) => results[0]?.status);
}

async function runAll(files: Readonly<Record<string, string>>): Promise<Run> {
  await using sandbox = await startSandbox({ heartbeatInterval: 1000 });
  return await runPlaywright({ files, env: sandbox.env, args: ['--workers=1'] });
}

function partOf({ exitCode, output, tests: all }: Run, file: string): Run {
  const tests = new Map([...all].filter(([, { spec }]) => spec.file === file));
  const printed = output.split(/^(?= {2}\d+\) )/m).filter((text) => /^.*/.exec(text)![0].includes(` ${file}:`));
  return { exitCode, output: [...printed, ...expectedErrors(tests)].join('\n'), tests };
}

/** Nothing is printed of them. */
function expectedErrors(tests: Run['tests']): string[] {
  return [...tests.values()]
    .filter(({ expectedStatus }) => expectedStatus === 'failed')
    .flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message)));
}
