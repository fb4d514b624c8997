import { GraphError } from './graph-error.js';

/** How many requests an app has under way at a mailbox: https://learn.microsoft.com/graph/throttling-limits */
export class MailboxConcurrency {
  readonly #underWay = new Map<string, number>();

  /**
   * Runs one more, if there may be one more.
   * @throws GraphError ApplicationThrottled
   */
  async run<T>(key: string, limit: number, action: () => Promise<T>): Promise<T> {
    const count = this.#underWay.get(key) ?? 0;
    if (count >= limit) {
      throw new GraphError(429, 'ApplicationThrottled', { headers: { 'Retry-After': '1' } });
    }
    this.#underWay.set(key, count + 1);
    try {
      return await action();
    } finally {
      const left = (this.#underWay.get(key) ?? 1) - 1;
      if (left > 0) this.#underWay.set(key, left);
      else this.#underWay.delete(key);
    }
  }
}
