/** MIME sources that came along with an arrival, until they are fetched; the oldest make room. */
export class Sources {
  readonly #maxSize: number;
  readonly #kept = new Map<string, Buffer>();
  #size = 0;

  /** @param maxSize In octets, all together. */
  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  keep(id: string, source: Buffer): void {
    this.take(id);
    this.#kept.set(id, source);
    this.#size += source.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#maxSize) return;
      this.take(oldest);
    }
  }

  /** Hands a source out, once. */
  take(id: string): Buffer | undefined {
    const source = this.#kept.get(id);
    if (this.#kept.delete(id)) this.#size -= source?.length ?? 0;
    return source;
  }

  /** Hands out what is kept of these, by their ids. */
  takeAll(refs: readonly { readonly id: string }[]): Map<string, Buffer> {
    const taken = refs.map(({ id }) => [id, this.take(id)] as const);
    return new Map(taken.filter((entry): entry is readonly [string, Buffer] => entry[1] !== undefined));
  }
}
