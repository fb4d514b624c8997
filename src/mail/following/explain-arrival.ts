import { untilAborted } from '../../async/until-aborted.js';
import { mismatches, type MessageFilter } from '../message/filter/filter.js';
import type { Arrival } from './arrival.js';
import type { FolderView } from './folder-view.js';

/** Why a message was no match, or why it could not be read. */
export type Explanation = { readonly mismatches: readonly string[] } | { readonly unread: string };

/** Says what became of a message that was not handed out, as far as that can be found out until the signal aborts. */
export async function explainArrival(
  view: FolderView,
  arrival: Arrival,
  { filter, signal }: { readonly filter: MessageFilter; readonly signal: AbortSignal },
): Promise<Explanation> {
  try {
    return await untilAborted(explain(view, arrival, filter), signal);
  } catch (error) {
    const { trouble } = view.feed;
    if (signal.aborted) return { unread: `it was not read in time${trouble ? `: ${firstLine(trouble)}` : ''}` };
    return { unread: firstLine(error) };
  }
}

async function explain(view: FolderView, arrival: Arrival, filter: MessageFilter): Promise<Explanation> {
  const reading = await view.read(arrival);
  if ('unreadable' in reading) return { unread: firstLine(reading.unreadable) };
  if ('gone' in reading) return { mismatches: ['it was moved or deleted before it could be read'] };
  return { mismatches: await mismatches(reading.read, filter) };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
