import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './is-alive.js';

/** What becomes of a message that a test was handed, when the test is over. */
export type Cleanup = 'read' | 'delete';

export interface Entry {
  readonly cleanup: Cleanup;
  /** The server's own name for the message. */
  readonly id: string;
}

/**
 * What a process has been handed and has yet to clean up, on disk: where it is killed, another does it. A file a
 * connection, named after its process.
 */
export class HandedOut {
  readonly #folder: string;
  readonly #name = ownName();

  /** @param folder That which all have in common who use the mailbox */
  constructor(folder: string) {
    this.#folder = join(folder, 'handed-out');
  }

  /** At once: the process may be killed the moment after. What can't be written down is cleaned up all the same. */
  note(entry: Entry): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      appendFileSync(join(this.#folder, this.#name), `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    } catch {}
  }

  /** All of it is cleaned up. */
  async settle(): Promise<void> {
    await rm(join(this.#folder, this.#name), { force: true }).catch(() => {});
  }

  /** What killed processes have left; this one is answerable for it from now on. */
  async adopt(): Promise<Entry[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const adopted = await Promise.all(names.filter(isAbandoned).map((name) => this.#take(name)));
    const entries = adopted.flat();
    for (const entry of entries) this.note(entry);
    return entries;
  }

  /** Of several that try, one has it. */
  async #take(name: string): Promise<Entry[]> {
    const taken = join(this.#folder, ownName());
    try {
      await rename(join(this.#folder, name), taken);
      const lines = (await readFile(taken, 'utf8')).split('\n');
      return lines.flatMap(parse);
    } catch {
      return [];
    } finally {
      await rm(taken, { force: true }).catch(() => {});
    }
  }
}

function ownName(): string {
  return [process.pid, randomUUID(), hostname()].join('_');
}

/** Of processes on another machine it is not known. */
function isAbandoned(name: string): boolean {
  const [, pid, host] = /^(\d+)_[\da-f-]+_(.*)$/s.exec(name) ?? [];
  return host === hostname() && !isAlive(Number(pid));
}

/** The last line of a process that was killed may be half a line. */
function parse(line: string): Entry[] {
  try {
    const { cleanup, id } = JSON.parse(line) as Entry;
    return (cleanup === 'read' || cleanup === 'delete') && typeof id === 'string' ? [{ cleanup, id }] : [];
  } catch {
    return [];
  }
}
