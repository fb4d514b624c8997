import { isLoopbackUrl } from '../../server/is-loopback-url.js';
import { answerEach } from '../soap.js';
import { resolveFolder, type Operation, type RequestContext } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { pulledNotification } from '../notifications/pulled-notification.js';
import type { SubscriptionOptions } from '../notifications/subscription.js';
import { childElements, find, textOf, xml, type XmlElement, isTrue } from '../xml.js';

/** In minutes: a streaming subscription ends when no connection has asked for it for this long. */
const streamingTimeout = 30;

export const subscribe: Operation = (request, context) =>
  answerEach('Subscribe', childElements(request), (subscription) => {
    const kind = kinds.get(subscription.name);
    if (!kind) throw new EwsError('ErrorInvalidSubscriptionRequest');
    const isForAll = isTrue(subscription.attributes['SubscribeToAllFolders']);
    const folderIds = childElements(find(subscription, 'FolderIds'));
    const types = childElements(find(subscription, 'EventTypes')).map((element) => textOf(element));
    if (types.length === 0) throw schemaViolation("The element 'EventTypes' has incomplete content.");
    if (isForAll === folderIds.length > 0) throw new EwsError('ErrorInvalidSubscriptionRequest');
    const listener = kind === 'push' ? readListener(subscription) : undefined;
    const minutes = kind === 'pull' ? minutesIn(subscription, 'Timeout') : streamingTimeout;
    const created = context.subscriptions.create({
      kind,
      account: context.account,
      folders: isForAll ? undefined : folderIds.flatMap((id) => resolveFolder(id, context).stored ?? []),
      eventTypes: new Set(types),
      timeout: minutes * context.subscriptions.minute,
      begun: eventsAfter(find(subscription, 'Watermark'), context),
    });
    if (listener) context.subscriptions.push(created, listener);
    const watermark = kind === 'streaming' ? undefined : xml('m:Watermark', {}, created.watermark(0));
    return [xml('m:SubscriptionId', {}, created.id), watermark];
  });

export const unsubscribe: Operation = (request, context) =>
  answerEach('Unsubscribe', [textOf(find(request, 'SubscriptionId')) ?? ''], (id) => {
    if (!context.subscriptions.remove(id)) throw new EwsError('ErrorSubscriptionNotFound');
    return undefined;
  });

export const getEvents: Operation = (request, context) =>
  answerEach('GetEvents', [textOf(find(request, 'SubscriptionId')) ?? ''], (id) => {
    const subscription = context.subscriptions.get(id);
    if (!subscription) throw new EwsError('ErrorSubscriptionNotFound');
    if (subscription === 'expired') throw new EwsError('ErrorExpiredSubscription');
    if (subscription.kind !== 'pull') throw new EwsError('ErrorInvalidPullSubscriptionId');
    const number = subscription.readWatermark(textOf(find(request, 'Watermark')) ?? '');
    if (number === undefined) throw new EwsError('ErrorInvalidWatermark');
    return pulledNotification(subscription, number).node;
  });

const kinds: ReadonlyMap<string, SubscriptionOptions['kind']> = new Map([
  ['StreamingSubscriptionRequest', 'streaming'],
  ['PullSubscriptionRequest', 'pull'],
  ['PushSubscriptionRequest', 'push'],
]);

/** Who is to be told: a program of this machine, as all that the sandbox calls. */
function readListener(subscription: XmlElement): { readonly url: string; readonly statusFrequency: number } {
  const url = textOf(find(subscription, 'URL'))?.trim() ?? '';
  const statusFrequency = minutesIn(subscription, 'StatusFrequency');
  if (!isLoopbackUrl(url)) {
    const message = 'The push subscription URL is invalid. The sandbox notifies programs of this machine alone.';
    throw new EwsError('ErrorInvalidPushSubscriptionUrl', { message });
  }
  return { url, statusFrequency };
}

function minutesIn(subscription: XmlElement, name: string): number {
  const minutes = Number(textOf(find(subscription, name)));
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440) return minutes;
  throw schemaViolation(`The '${name}' element is invalid.`);
}

/** What happened after a watermark that an earlier subscription handed out. */
function eventsAfter(element: XmlElement | undefined, { subscriptions }: RequestContext): SubscriptionOptions['begun'] {
  if (!element) return [];
  const found = subscriptions.byWatermark(textOf(element).trim());
  if (!found) throw new EwsError('ErrorInvalidWatermark');
  return found.subscription.after(found.number);
}
