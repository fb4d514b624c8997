import { retry } from '../../../async/retry.js';
import { sleep } from '../../../async/sleep.js';
import type { RequestLog } from '../../requests/request-log.js';
import { postToEndpoint } from '../../webhook/post-to-endpoint.js';
import { pulledNotification, type PulledNotification } from './pulled-notification.js';
import { notificationEnvelope } from '../soap.js';
import type { Subscription } from './subscription.js';
import { find, parseXml, textOf } from '../xml.js';

/** Milliseconds that a listener has to answer. */
const patience = 10_000;

/** How long the first wait between two tries is, in minutes; each is twice the one before it. */
const firstInterval = 0.5;

export interface PushOptions {
  readonly url: string;
  /** After so many minutes without an event that is told, and for so long it is tried again. */
  readonly statusFrequency: number;
  /** Milliseconds that a minute lasts. */
  readonly minute: number;
  readonly requests: RequestLog;
  readonly signal: AbortSignal;
}

/**
 * Tells a listener what happens, until it says that it wants no more or has not answered for the time of its status frequency;
 * first, that it is there.
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/statusfrequency
 */
export async function pushNotifications(subscription: Subscription, options: PushOptions): Promise<void> {
  const { signal, statusFrequency, minute } = options;
  let last = 0;
  while (!signal.aborted) {
    const notification = pulledNotification(subscription, last);
    if ((await deliver(notification, options)) !== 'OK') return;
    last = notification.last;
    if (!notification.hasMore) await nextEvent(subscription, last, { timeout: statusFrequency * minute, signal });
  }
}

function deliver({ node }: PulledNotification, options: PushOptions): Promise<'OK' | 'Unsubscribe' | 'nobody'> {
  const { url: endpoint, statusFrequency, minute, requests, signal } = options;
  const body = notificationEnvelope(node);
  const [type, title] = ['text/xml; charset=utf-8', `SendNotification ${endpoint}`];
  const until = Date.now() + statusFrequency * minute;
  const intervals = Array.from({ length: 12 }, (_, failures) => firstInterval * minute * 2 ** failures);
  const post = async () => {
    const answer = await postToEndpoint({ endpoint, type, headers, body, patience, signal, requests, title });
    return statusIn(answer.text);
  };
  return retry(post, { signal, intervals, isRetryable: () => Date.now() < until }).catch(() => 'nobody');
}

const headers = { SOAPAction: 'http://schemas.microsoft.com/exchange/services/2006/messages/SendNotification' };

function statusIn(answer: string): 'OK' | 'Unsubscribe' {
  const status = textOf(find(parseXml(answer), 'Body', 'SendNotificationResult', 'SubscriptionStatus'))?.trim();
  if (status !== 'OK' && status !== 'Unsubscribe') throw new Error('The listener gave no SubscriptionStatus.');
  return status;
}

/** Waits for an event, or for the time to say that there is none. */
async function nextEvent(
  subscription: Subscription,
  last: number,
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal },
): Promise<void> {
  if (subscription.after(last).length > 0) return;
  const woken = new AbortController();
  subscription.onEvent = () => woken.abort();
  await sleep(timeout, AbortSignal.any([signal, woken.signal])).catch(() => {});
}
