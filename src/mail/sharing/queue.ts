import { randomUUID } from 'node:crypto';
import { readdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './is-alive.js';
import { staleAfter, touchedWithin } from './touched-within.js';

/** Who waits for places that are kept for long, on disk: who came first goes first. A file each, named after its time. */
export class Queue {
  readonly #folder: string;
  readonly #prefix: string;

  /** @param name What is waited for: part of the files' names */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#prefix = `${name}-waits_`;
  }

  /** Whether anybody waits. */
  async isWanted(): Promise<boolean> {
    const present = await Promise.all((await this.#tickets()).map((ticket) => this.#isPresent(ticket)));
    return present.includes(true);
  }

  /** A place at its end, until it is left. */
  join(): Ticket {
    const name = `${this.#prefix}${String(Date.now()).padStart(15, '0')}_${process.pid}_${randomUUID()}`;
    const file = join(this.#folder, name);
    return {
      affirm: async () => {
        await writeFile(file, '', { mode: 0o600 }).catch(() => {});
        for (const ticket of await this.#tickets()) {
          if (ticket < name && !(await this.#isPresent(ticket))) await this.#remove(ticket);
        }
      },
      rank: async () => (await this.#tickets()).filter((ticket) => ticket < name).length,
      [Symbol.asyncDispose]: () => this.#remove(name),
    };
  }

  async #tickets(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.startsWith(this.#prefix));
  }

  async #isPresent(ticket: string): Promise<boolean> {
    const [, pid] = ticket.slice(this.#prefix.length).split('_');
    return isAlive(Number(pid)) && (await touchedWithin(join(this.#folder, ticket), staleAfter));
  }

  async #remove(ticket: string): Promise<void> {
    await unlink(join(this.#folder, ticket)).catch(() => {});
  }
}

export interface Ticket extends AsyncDisposable {
  /** Says that it is still waited, from time to time, and sees to who does no more. */
  affirm(): Promise<void>;
  /** How many are before it. */
  rank(): Promise<number>;
}
