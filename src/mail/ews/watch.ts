import { onAbort } from '../../async/on-abort.js';
import { ExchangeError } from '../../errors.js';
import type { Folder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { itemId, parentFolderId, responseMessages } from './read-items.js';
import { getStreamingEvents, subscribe as subscribeTo, unsubscribe as unsubscribeFrom } from './requests.js';
import { find, textAt, type XmlElement } from './xml-tree.js';

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** How long the stream may be silent, in milliseconds. */
  readonly heartbeatTimeout: number;
  /** How long one stream lasts, 1 to 30 minutes. */
  readonly streamMinutes: number;
}

/** How long leaving in good order may take, in milliseconds. */
const farewell = 2000;

/** Something may have come: the items that push names, or any where it names none. */
type Hint = (ids: readonly string[]) => void;

/**
 * Streaming notifications (Exchange 2010 SP1 and later): calls `hint` whenever a stream stands, and with
 * every event. Rejects when the stream breaks, or with the signal's reason.
 */
export async function watch(session: EwsSession, folder: Folder, hint: Hint, options: WatchOptions): Promise<never> {
  const { signal } = options;
  // Given up half-way, subscribing would leave behind a subscription that nobody knows of.
  const subscription = await subscribe(session, folder, delayed(signal, farewell));
  try {
    // Each stream ends as planned after its minutes; what comes in between is kept for the next one.
    for (;;) await stream(session, folder, { ...options, subscription, hint });
  } catch (error) {
    const left = unsubscribe(session, folder, subscription);
    // Who leaves on purpose leaves nothing behind; a broken stream is reported at once.
    if (signal.aborted) await left;
    throw error;
  }
}

async function subscribe(session: EwsSession, folder: Folder, signal: AbortSignal): Promise<string> {
  if (!session.hasStreaming) {
    const summary = `the server of the mailbox ${session.address} is older than streaming notifications`;
    throw new ExchangeError('PUSH_UNAVAILABLE', summary, { advice: ['they came with Exchange 2010 SP1'] });
  }
  const operation = { operation: `subscribing to the folder ${folder.name}`, signal };
  return await session.ask(operation, subscribeTo(folder), subscriptionId);
}

function subscriptionId(envelope: XmlElement): string {
  const id = textAt(responseMessages(envelope)[0], 'SubscriptionId');
  if (!id) throw new ExchangeError('PROTOCOL', 'it has no subscription');
  return id;
}

/** Aborts so many milliseconds after a signal does. */
function delayed(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => void setTimeout(() => controller.abort(signal.reason), milliseconds).unref();
  if (signal.aborted) controller.abort(signal.reason);
  else onAbort(signal, abort);
  return controller.signal;
}

/** Resolves at the planned end. */
function stream(
  session: EwsSession,
  folder: Folder,
  { subscription, hint, streamMinutes, heartbeatTimeout, signal }: WatchOptions & { subscription: string; hint: Hint },
): Promise<void> {
  const operation = {
    operation: `watching the folder ${folder.name}`,
    isPush: true,
    silence: heartbeatTimeout,
    signal,
  };
  const listener = { established: () => hint([]), envelope: (envelope: XmlElement) => read(envelope, folder, hint) };
  return session.listen(operation, listener, getStreamingEvents(subscription, streamMinutes));
}

/** A heartbeat, events, or the planned end: then it returns true. */
function read(envelope: XmlElement, folder: Folder, hint: Hint): boolean {
  const [message] = responseMessages(envelope);
  const notifications = find(message, 'Notifications');
  if (notifications) hint(itemsIn(notifications, folder));
  return textAt(message, 'ConnectionStatus') === 'Closed';
}

/** The items that entered the folder. Some events are about folders, and some about what was moved out of this one. */
function itemsIn(notifications: XmlElement, { id }: Folder): string[] {
  const events = notifications.children.flatMap(({ children }) => children);
  return events.filter((event) => find(event, 'ItemId') && parentFolderId(event) === id).map(itemId);
}

async function unsubscribe(session: EwsSession, folder: Folder, subscription: string): Promise<void> {
  const operation = { operation: `leaving the folder ${folder.name}`, signal: AbortSignal.timeout(farewell) };
  // Best effort: the server forgets it by itself within half an hour.
  await session.ask(operation, unsubscribeFrom(subscription), () => {}).catch(() => {});
}
