import { isOneItemsFault } from '../async/bisect.js';
import { retryDelay } from '../async/retry.js';
import { sleep } from '../async/sleep.js';
import { isExchangeError, type ExchangeError } from '../errors.js';

/** What became of one of several that were asked for together; where that failed, why. */
export type Answer<A> = A | ExchangeError;

/** So often an item is asked for that the server fails to give. */
const mostTries = 3;

/**
 * Reads items that a server has just listed, many at once. One that makes a request fail holds up none: it is found by
 * halving, and its failure is an answer.
 */
export class EachItem {
  readonly #mostFailures: number;
  #failures = 0;

  /** @param mostFailures So many requests in a row fail together for a reason that may pass, before each half is tried. */
  constructor(mostFailures: number = 3) {
    this.#mostFailures = mostFailures;
  }

  /**
   * @param read Rejects where it can't tell which of the items failed. `isFirst` is whether it has not failed yet
   * @throws what may pass by itself, and what is not about the items
   */
  async read<T, A extends object | undefined>(
    items: readonly T[],
    read: (items: readonly T[], isFirst: boolean) => Promise<readonly Answer<A>[]>,
    signal?: AbortSignal,
  ): Promise<Answer<A>[]> {
    const readAgain = (some: readonly T[]): Promise<readonly Answer<A>[]> => read(some, false);
    const answers = await this.#read(items, { first: (all) => read(all, true), again: readAgain }, signal);
    this.#failures = 0;
    for (let tries = 1; tries < mostTries; tries++) {
      const again = answers.flatMap((answer, index) => (isWorthAnotherTry(answer) ? [index] : []));
      if (again.length === 0) break;
      await sleep(retryDelay(answers[again[0]!], tries), signal);
      const some = again.map((index) => items[index]!);
      const tried = await this.#read(some, { first: readAgain, again: readAgain }, signal);
      for (const [place, index] of again.entries()) answers[index] = tried[place]!;
    }
    return answers;
  }

  async #read<T, A extends object | undefined>(
    items: readonly T[],
    read: Readers<T, A>,
    signal: AbortSignal | undefined,
  ): Promise<Answer<A>[]> {
    if (items.length === 0) return [];
    try {
      return [...(await read.first(items))];
    } catch (error) {
      signal?.throwIfAborted();
      if (!this.#mayBeOneItems(error)) throw error;
      if (items.length === 1) return [error];
      const half = Math.ceil(items.length / 2);
      const halves = [items.slice(0, half), items.slice(half)].map((some) =>
        this.#read(some, { ...read, first: read.again }, signal),
      );
      return (await Promise.all(halves)).flat();
    }
  }

  /** A failure that may pass is put down to an item only when it has not passed. */
  #mayBeOneItems(error: unknown): error is ExchangeError {
    if (isOneItemsFault(error)) return true;
    if (!isExchangeError(error) || !error.transient) return false;
    return error.code === 'DEADLINE' || ++this.#failures >= this.#mostFailures;
  }
}

/** How to read all, and what is left of them where that failed. */
interface Readers<T, A> {
  readonly first: (items: readonly T[]) => Promise<readonly Answer<A>[]>;
  readonly again: (items: readonly T[]) => Promise<readonly Answer<A>[]>;
}

/** What took too long once is not waited for again. */
function isWorthAnotherTry(answer: unknown): boolean {
  return isExchangeError(answer) && answer.transient && answer.code !== 'DEADLINE';
}
