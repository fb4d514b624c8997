import { isGone, type Fetched, type MessageRef } from '../transport.js';
import type { Arrival } from './arrival.js';
import type { Sightings } from './sightings.js';

/** A message that the server has listed. */
export interface Listed {
  readonly ref: MessageRef;
  readonly hasEnvelope: boolean;
}

export interface RecognitionOptions {
  /** The id of the folder that is read. */
  readonly folder: string;
  readonly sightings: Sightings;
  /** Asks the server itself for messages. */
  readonly ask: (refs: readonly MessageRef[]) => Promise<readonly Fetched[]>;
}

/** Of so many that look like a new message the server is asked whether they are still where they were. */
const mostDoubtful = 20;

/**
 * Tells messages that have moved from new ones that look like them. The server's ids decide: a message is another
 * one's return only where the other is not in its place any more.
 */
export class Recognition {
  readonly #options: RecognitionOptions;

  constructor(options: RecognitionOptions) {
    this.#options = options;
  }

  /** Hands over the arrivals of what was listed. Nothing else can be recognised until that has returned. */
  async admit(listed: readonly Listed[], handOver: (arrivals: readonly Arrival[]) => void): Promise<void> {
    await this.#findMoved(listed);
    const returned = new Set<symbol>();
    handOver(listed.map((message) => this.#arrivalOf(message, returned)));
  }

  async #findMoved(listed: readonly Listed[]): Promise<void> {
    const { sightings, ask } = this.#options;
    const unknown = listed.filter(({ ref, hasEnvelope }) => hasEnvelope && sightings.byId(ref.id).length === 0);
    const alike = new Set(unknown.flatMap(({ ref }) => sightings.alike(ref)));
    const doubtful = [...alike].filter(({ gone }) => !gone).slice(-mostDoubtful);
    if (doubtful.length === 0) return;
    const asked = doubtful.map(({ ref }) => ref);
    for (const [index, answer] of (await ask(asked)).entries()) {
      const arrival = doubtful[index]!;
      if (isGone(answer) && arrival.ref === asked[index]) arrival.gone = true;
    }
  }

  #arrivalOf({ ref, hasEnvelope }: Listed, returned: Set<symbol>): Arrival {
    const { folder, sightings } = this.#options;
    const known = sightings.byId(ref.id);
    const identity = known[0]?.identity ?? (hasEnvelope ? this.#movedHere(ref, returned) : undefined);
    if (identity) returned.add(identity);
    for (const elsewhere of known) if (elsewhere.folder !== folder) elsewhere.gone = true;
    const before = [...known, ...sightings.alike(ref)].find(
      (arrival) => arrival.identity === identity && arrival.folder === folder,
    );
    if (!before) return newArrival(identity, { folder, ref, hasEnvelope });
    if (hasEnvelope) Object.assign(before, { ref, hasEnvelope });
    before.gone = false;
    return before;
  }

  /** The message that looks like this one and is nowhere any more. */
  #movedHere(ref: MessageRef, returned: ReadonlySet<symbol>): symbol | undefined {
    const alike = this.#options.sightings.alike(ref);
    const there = new Set(alike.filter(({ gone, deleted }) => !gone || deleted).map(({ identity }) => identity));
    return alike.map(({ identity }) => identity).find((identity) => !there.has(identity) && !returned.has(identity));
  }
}

function newArrival(identity: symbol | undefined, place: Pick<Arrival, 'folder' | 'ref' | 'hasEnvelope'>): Arrival {
  return { identity: identity ?? Symbol(), ...place, gone: false, deleted: false, reading: undefined, readingSince: 0 };
}
