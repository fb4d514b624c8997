import { untilAborted } from '../../async/until-aborted.js';
import type { MessageFilter } from '../message/filter/filter.js';
import type { Message } from '../message/message.js';
import type { FolderView } from './folder-view.js';

/** Milliseconds that looking once more may take when a wait's time is up. */
const lookTime = 1500;
/** The same, where the connection has been failing. */
const tryTime = 500;

/** The time for a last look. */
export function lastLookTime({ feed }: FolderView): AbortSignal {
  return AbortSignal.timeout(feed.trouble ? tryTime : lookTime);
}

/** What came in the last moment, or was overlooked by push, still counts. */
export async function lastLook(
  view: FolderView,
  wait: { readonly filter: MessageFilter; readonly peek: boolean; readonly time: AbortSignal },
): Promise<Message | undefined> {
  const end = new AbortController();
  const waiting = view.wait(wait.filter, { peek: wait.peek, signal: end.signal });
  const looking = view.feed.look().then(() => view.examined());
  try {
    await Promise.race([waiting, untilAborted(looking, wait.time)]);
  } catch (error) {
    if (!wait.time.aborted) throw error;
  } finally {
    end.abort();
  }
  return await waiting;
}
