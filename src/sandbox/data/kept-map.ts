/** Where the entries of a map outlive the process, as JSON, in the order in which they were put there first. */
export interface Records {
  readonly entries: Iterable<readonly [key: string, value: unknown]>;
  put(key: string, value: unknown): void;
  remove(keys: readonly string[]): void;
}

/** The records of a kind. */
export type RecordsOf = (kind: string) => Records;

/** The records where nothing outlives the process. */
export const notKept: RecordsOf = () => ({ entries: [], put() {}, remove() {} });

/** A map whose entries outlive the process. A value is JSON, and is replaced, not changed. */
export class KeptMap<Value> extends Map<string, Value> {
  readonly #records: Records;

  constructor(records: Records) {
    super();
    this.#records = records;
    for (const [key, value] of records.entries) super.set(key, value as Value);
  }

  override set(key: string, value: Value): this {
    this.#records.put(key, value);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    if (this.has(key)) this.#records.remove([key]);
    return super.delete(key);
  }

  override clear(): void {
    this.#records.remove([...this.keys()]);
    super.clear();
  }

  /** Takes out the first entries, until there are no more than so many. */
  limit(count: number): void {
    while (this.size > count) this.delete(this.keys().next().value!);
  }

  /** Takes out all entries of which something holds. */
  deleteWhere(holds: (value: Value) => boolean): void {
    const keys = [...this].flatMap(([key, value]) => (holds(value) ? [key] : []));
    if (keys.length > 0) this.#records.remove(keys);
    for (const key of keys) super.delete(key);
  }
}
