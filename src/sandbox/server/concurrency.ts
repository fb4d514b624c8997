/** How much is under way, for each that it is counted for. */
export class Concurrency {
  readonly #underWay = new Map<string, number>();

  /** Runs one more, if there may be one more. @throws what is thrown of what is too much */
  async run<T>(
    { key, limit, refusal }: { readonly key: string; readonly limit: number; readonly refusal: () => Error },
    action: () => Promise<T>,
  ): Promise<T> {
    const count = this.#underWay.get(key) ?? 0;
    if (count >= limit) throw refusal();
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
