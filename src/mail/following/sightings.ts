import type { MessageRef } from '../transport.js';
import type { Arrival } from './arrival.js';
import type { SeenArrivals } from './seen-arrivals.js';

/**
 * What the open views of a connection have seen, in all folders. What no view sees any more is forgotten: that is
 * all that is remembered of messages.
 */
export class Sightings {
  readonly #views = new Set<SeenArrivals>();

  /** Counts what a view sees, until the returned function is called. */
  add(view: SeenArrivals): () => void {
    this.#views.add(view);
    return () => void this.#views.delete(view);
  }

  /** The arrivals in all folders that were seen under an id of the server's. */
  byId(id: string): Arrival[] {
    return this.#distinct((view) => [view.byId(id) ?? []].flat());
  }

  /** The arrivals in all folders that may be the same message in another place. */
  alike(ref: MessageRef): Arrival[] {
    return this.#distinct((view) => view.alike(ref));
  }

  #distinct(find: (view: SeenArrivals) => Iterable<Arrival>): Arrival[] {
    return [...new Set([...this.#views].flatMap((view) => [...find(view)]))];
  }
}
