import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The Node that runs it. @default the one that runs this */
  readonly node?: string | undefined;
  /** Called once it has printed something that matches. */
  readonly when?:
    | { readonly prints: RegExp; readonly act: (program: ChildProcess, output: string) => void }
    | undefined;
}

export interface Outcome {
  readonly exitCode: number | null;
  /** What a person sees in the terminal. */
  readonly output: string;
}

/** Runs a program for Node as a person does in a terminal. */
export async function runProgram(
  args: readonly string[],
  { cwd, env, node = process.execPath, when }: ProgramOptions,
): Promise<Outcome> {
  const child = spawn(node, args, { cwd, env: { ...outsideOfARun(), ...env } });
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
