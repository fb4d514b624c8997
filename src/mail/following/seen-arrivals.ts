import { likeness, type Arrival } from './arrival.js';
import type { MessageRef } from '../transport.js';

/** The arrivals that one view has seen in a folder, each message once, wherever it was seen. */
export class SeenArrivals {
  #list: Arrival[] = [];
  readonly #known = new Set<Arrival>();
  readonly #byId = new Map<string, Arrival>();
  readonly #byLikeness = new Map<string, Set<Arrival>>();

  /** Oldest first. */
  get list(): readonly Arrival[] {
    return this.#list;
  }

  /** Adds arrivals, and to those it has the place where they are now. Returns what it did not have. */
  add(arrivals: readonly Arrival[]): Arrival[] {
    const fresh = this.#note(arrivals);
    for (const arrival of fresh) this.#list.push(arrival);
    return fresh;
  }

  /** Adds what came before all others. Returns what it did not have. */
  addEarlier(arrivals: readonly Arrival[]): Arrival[] {
    const fresh = this.#note(arrivals);
    this.#list = [...fresh, ...this.#list];
    return fresh;
  }

  byId(id: string): Arrival | undefined {
    return this.#byId.get(id);
  }

  /** Those that may be the same message in another place. */
  alike(ref: MessageRef): Iterable<Arrival> {
    return this.#byLikeness.get(likeness(ref)) ?? [];
  }

  #note(arrivals: readonly Arrival[]): Arrival[] {
    const fresh = arrivals.filter((arrival) => !this.#known.has(arrival));
    for (const arrival of arrivals) {
      this.#known.add(arrival);
      this.#byId.set(arrival.ref.id, arrival);
      const key = likeness(arrival.ref);
      this.#byLikeness.set(key, (this.#byLikeness.get(key) ?? new Set()).add(arrival));
    }
    return fresh;
  }
}
