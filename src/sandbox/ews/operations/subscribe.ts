import { answerEach } from '../soap.js';
import { resolveMailFolder, type Operation } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { eventNode } from '../notification.js';
import { childElements, find, textOf, xml } from '../xml.js';

const minute = 60_000;
/** A streaming subscription ends when no connection has asked for it for this long. */
const streamingTimeout = 30 * minute;
/** The most events in one answer to GetEvents. */
const maxEvents = 50;

export const subscribe: Operation = (request, context) =>
  answerEach('Subscribe', childElements(request), (subscription) => {
    const kind = kinds[subscription.name];
    if (!kind) throw new EwsError('ErrorInvalidSubscriptionRequest');
    const isForAll = subscription.attributes['SubscribeToAllFolders'] === 'true';
    const folderIds = childElements(find(subscription, 'FolderIds'));
    const types = childElements(find(subscription, 'EventTypes')).map((element) => textOf(element));
    if (types.length === 0) throw schemaViolation("The element 'EventTypes' has incomplete content.");
    if (isForAll === folderIds.length > 0) throw new EwsError('ErrorInvalidSubscriptionRequest');
    const created = context.subscriptions.create({
      kind,
      account: context.account,
      folders: isForAll ? undefined : folderIds.map((id) => resolveMailFolder(id, context)),
      eventTypes: new Set(types),
      timeout: kind === 'pull' ? Number(textOf(find(subscription, 'Timeout'))) * minute : streamingTimeout,
    });
    const watermark = kind === 'pull' ? xml('m:Watermark', {}, created.watermark()) : undefined;
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
    if (subscription.kind !== 'pull') throw new EwsError('ErrorInvalidPullSubscriptionId');
    const previous = textOf(find(request, 'Watermark')) ?? '';
    const number = subscription.readWatermark(previous);
    if (number === undefined) throw new EwsError('ErrorInvalidWatermark');
    const events = subscription.after(number);
    const nodes = events.slice(0, maxEvents).map(({ event, watermark }) => eventNode(event, watermark));
    return xml(
      'm:Notification',
      {},
      xml('t:SubscriptionId', {}, id),
      xml('t:PreviousWatermark', {}, previous),
      xml('t:MoreEvents', {}, events.length > maxEvents),
      nodes.length > 0 ? nodes : xml('t:StatusEvent', {}, xml('t:Watermark', {}, subscription.watermark())),
    );
  });

const kinds: Readonly<Record<string, 'streaming' | 'pull'>> = {
  StreamingSubscriptionRequest: 'streaming',
  PullSubscriptionRequest: 'pull',
};
