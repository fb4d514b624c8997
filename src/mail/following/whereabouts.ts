import { isSameAddress, recipients } from '../address.js';
import type { Message } from '../message/message.js';
import type { MessageRef } from '../transport.js';
import type { Arrival } from './arrival.js';
import type { FolderView } from './folder-view.js';

/**
 * What became of a message that came: `late` is what a wait would have taken that had ended, `elsewhere` is what went to
 * the account and not to the view's own address.
 */
export type Fate = 'handed out' | 'late' | 'left' | 'junk' | 'elsewhere';

/** A message that came, and what became of it: for a report. */
export interface Whereabouts {
  readonly fate: Fate;
  readonly ref: MessageRef;
  /** What it was too late for. */
  readonly late: string | undefined;
  /** Nothing where it is gone, or can't be read. */
  readonly read: () => Promise<Message | undefined>;
}

/** What a folder's view knows of the messages that came, oldest first. */
export function whereaboutsIn(
  view: FolderView,
  { isJunk, account, late }: { isJunk: boolean; account: string; late: ReadonlyMap<Arrival, string> },
): Whereabouts[] {
  const fateOf = (arrival: Arrival): Fate => {
    if (view.wasHandedOut(arrival)) return 'handed out';
    if (late.has(arrival)) return 'late';
    return isJunk ? 'junk' : 'left';
  };
  const toAccount = ({ ref }: Arrival): boolean => recipients(ref).some((to) => isSameAddress(to, account));
  const elsewhere = isJunk ? [] : view.others.filter(toAccount);
  return [
    ...view.arrivals.map((arrival) => whereabouts(view, arrival, { fate: fateOf(arrival), late: late.get(arrival) })),
    ...elsewhere.map((arrival) => whereabouts(view, arrival, { fate: 'elsewhere', late: undefined })),
  ];
}

function whereabouts(view: FolderView, arrival: Arrival, known: Pick<Whereabouts, 'fate' | 'late'>): Whereabouts {
  return {
    ...known,
    ref: arrival.ref,
    read: async () => {
      const reading = await view.read(arrival);
      return 'read' in reading ? reading.read : undefined;
    },
  };
}
