import { formatDuration } from '../../async/deadline.js';
import { untilAborted } from '../../async/until-aborted.js';
import { describeFilter, mismatches, type MessageFilter } from '../message/filter/filter.js';
import type { Arrival } from './arrival.js';
import type { FolderView } from './folder-view.js';

interface UnmetWait {
  readonly view: FolderView;
  readonly filter: MessageFilter;
  /** `within 60 s`. */
  readonly limit: string;
  /** What had come when it ended. */
  readonly seen: ReadonlySet<Arrival>;
  readonly endedAt: number;
}

/** How many waits are remembered, and how many messages are looked through for each: the last. */
const kept = 20;

/** The waits of a view that ended without a message, and what came for them when it was too late. */
export class UnmetWaits {
  #waits: UnmetWait[] = [];

  /** A wait ended without a message. */
  add({ view, filter, limit }: Pick<UnmetWait, 'view' | 'filter' | 'limit'>): void {
    const wait = { view, filter, limit, seen: new Set(view.arrivals), endedAt: performance.now() };
    this.#waits = [...this.#waits, wait].slice(-kept);
  }

  /** The messages that came too late, each with what it was too late for, as far as that is known when the signal aborts. */
  async late(signal: AbortSignal): Promise<ReadonlyMap<Arrival, string>> {
    const late = new Map<Arrival, string>();
    for (const wait of this.#waits) {
      const since = wait.view.arrivals.filter((arrival) => !wait.seen.has(arrival) && !wait.view.wasHandedOut(arrival));
      for (const arrival of since.slice(-kept)) {
        if (await untilAborted(matches(wait, arrival), signal).catch(() => false)) late.set(arrival, tooLateFor(wait));
      }
    }
    return late;
  }
}

async function matches({ view, filter }: UnmetWait, arrival: Arrival): Promise<boolean> {
  const reading = await view.read(arrival);
  return 'read' in reading && (await mismatches(reading.read, filter)).length === 0;
}

function tooLateFor({ filter, limit, endedAt }: UnmetWait): string {
  const after = formatDuration(Math.ceil(performance.now() - endedAt));
  return `too late for the wait (${describeFilter(filter)}) ${limit}, by ${after} at most: give it more time`;
}
