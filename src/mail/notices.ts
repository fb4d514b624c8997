import { formatDuration } from '../async/deadline.js';
import type { ExchangeError } from '../errors.js';

/** Milliseconds of waiting, all together, that are not worth a word. */
const unnoticed = 1000;

/** What a report should say of a connection: each thing once, what happened often summed up. */
export class Notices {
  readonly #texts = new Set<string>();
  readonly #waits = new Map<string, number>();
  #refusals: { readonly count: number; readonly last: string } | undefined;

  add(text: string): void {
    this.#texts.add(text);
  }

  /** Something waited so many milliseconds for its turn. @param limit what it was kept to, a sentence without its end */
  waited(limit: string, milliseconds: number): void {
    this.#waits.set(limit, (this.#waits.get(limit) ?? 0) + milliseconds);
  }

  /** The server refused something, because it was too much, and is asked again. */
  refused(error: ExchangeError): void {
    this.#refusals = { count: (this.#refusals?.count ?? 0) + 1, last: error.message.split('\n')[0]! };
  }

  /** All since this was last asked. */
  take(): string[] {
    const waits = [...this.#waits].filter(([, time]) => time >= unnoticed);
    const all = [
      ...this.#texts,
      ...waits.map(
        ([limit, time]) => `Waited ${formatDuration(Math.round(time))} in all for a turn: ${limit}. ${advice}`,
      ),
      ...(this.#refusals
        ? [`The server asked for less, and was asked again (${times(this.#refusals)}. ${advice}`]
        : []),
    ];
    this.#texts.clear();
    this.#waits.clear();
    this.#refusals = undefined;
    return all;
  }
}

const advice = `Several mailboxes spread the load: exchangeConnection: ['qa1', 'qa2'].`;

function times({ count, last }: { readonly count: number; readonly last: string }): string {
  return `${count === 1 ? 'once' : `${count} times`}): ${last}`;
}
