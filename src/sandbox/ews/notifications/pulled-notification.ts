import { eventNode } from './notification.js';
import type { Subscription } from './subscription.js';
import { xml, type XmlNode } from '../xml.js';

/** The most events in one notification. */
const maxEvents = 50;

export interface PulledNotification {
  readonly node: XmlNode;
  /** The number of the last event in it. */
  readonly last: number;
  readonly hasMore: boolean;
}

/** What a subscription has to tell after an event, with watermarks; that nothing happened, where nothing did. */
export function pulledNotification(subscription: Subscription, after: number): PulledNotification {
  const events = subscription.after(after);
  const told = events.slice(0, maxEvents);
  const last = told.at(-1)?.number ?? after;
  const hasMore = events.length > told.length;
  const nodes = told.map(({ event, number }) => eventNode(event, subscription.watermark(number)));
  const node = xml(
    'm:Notification',
    {},
    xml('t:SubscriptionId', {}, subscription.id),
    xml('t:PreviousWatermark', {}, subscription.watermark(after)),
    xml('t:MoreEvents', {}, hasMore),
    nodes.length > 0 ? nodes : xml('t:StatusEvent', {}, xml('t:Watermark', {}, subscription.watermark(last))),
  );
  return { node, last, hasMore };
}
