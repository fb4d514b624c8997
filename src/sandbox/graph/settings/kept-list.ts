import { randomUUID } from 'node:crypto';
import type { Account } from '../../store/store.js';
import { itemNotFound } from '../graph-error.js';

export interface Kept {
  readonly id: string;
}

/** A list of resources among a mailbox's settings. */
export class KeptList<T extends Kept> {
  readonly #name: string;
  readonly #initial: readonly T[];

  /** `initial` is what a new mailbox has. */
  constructor(name: string, initial: readonly T[] = []) {
    this.#name = name;
    this.#initial = initial;
  }

  all({ settings }: Account): readonly T[] {
    return (settings.get(this.#name) as readonly T[] | undefined) ?? this.#initial;
  }

  /** @throws GraphError ErrorItemNotFound */
  get(account: Account, id = ''): T {
    const found = this.all(account).find((each) => each.id === id);
    if (!found) throw itemNotFound();
    return found;
  }

  add(account: Account, resource: Omit<T, 'id'>): T {
    const added = { id: randomUUID(), ...resource } as T;
    account.settings.set(this.#name, [...this.all(account), added]);
    return added;
  }

  /** Puts one in the place of that with its id. */
  replace(account: Account, resource: T): T {
    account.settings.set(
      this.#name,
      this.all(account).map((each) => (each.id === resource.id ? resource : each)),
    );
    return resource;
  }

  /** @throws GraphError ErrorItemNotFound */
  remove(account: Account, id = ''): void {
    const gone = this.get(account, id);
    account.settings.set(
      this.#name,
      this.all(account).filter((each) => each !== gone),
    );
  }
}
