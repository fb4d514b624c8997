/** What a mailbox is set to: rules, categories ...; JSON, by name. A value is replaced, not changed. */
export class Settings extends Map<string, unknown> {
  readonly #changed: () => void;

  constructor(kept: Iterable<readonly [string, unknown]>, changed: () => void) {
    super();
    for (const [name, value] of kept) super.set(name, value);
    this.#changed = changed;
  }

  override delete(name: string): boolean {
    const wasThere = super.delete(name);
    this.#changed();
    return wasThere;
  }

  override set(name: string, value: unknown): this {
    super.set(name, value);
    this.#changed();
    return this;
  }
}
