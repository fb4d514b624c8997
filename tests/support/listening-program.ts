import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program of its own that listens on a port of this machine. */
export interface ListeningProgram extends AsyncDisposable {
  /** What it has written, to whichever stream. */
  readonly output: () => string;
}

/** Whether a program is there, whatever it makes of the argument. */
export function isInstalled(command: string, argument: string): boolean {
  return spawnSync(command, [argument]).error === undefined;
}

/** Starts one, and waits until it listens. */
export async function startListening(
  command: string,
  args: readonly string[],
  port: number,
): Promise<ListeningProgram> {
  const program = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(program, 'exit');
  let output = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  while (!(await canConnect(port))) {
    if (program.exitCode !== null) throw new Error(`${command} does not start: ${output}`);
    await sleep(20);
  }
  return {
    output: () => output,
    async [Symbol.asyncDispose]() {
      program.kill();
      await ended;
    },
  };
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
