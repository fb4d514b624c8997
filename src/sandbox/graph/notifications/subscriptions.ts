import { KeptMap, type RecordsOf } from '../../data/kept-map.js';
import type { Faults } from '../../faults.js';
import type { AccessGrant } from '../../identity/tokens/tokens.js';
import type { RequestLog } from '../../requests/request-log.js';
import type { MailStore, StoredMessage } from '../../store/store.js';
import type { ChangeType } from '../delta/delta-query.js';
import { GraphError, itemNotFound } from '../graph-error.js';
import { keptSubscription, restoreSubscription, type KeptSubscription } from './kept-subscription.js';
import { changeNotification, lifecycleNotification, type LifecycleEvent } from './notification.js';
import { Notifier } from './notifier.js';
import { creatorOf, type Subscription } from './subscription.js';
import { validateEndpoint } from './validate-endpoint.js';
import { Watcher } from './watcher.js';

/** https://learn.microsoft.com/graph/outlook-change-notifications-overview */
const maxPerMailbox = 1000;
/** A reauthorization is asked for so many milliseconds before it is needed, or half the time that is left. */
const lead = 15 * 60_000;

export interface SubscriptionsOptions {
  readonly store: MailStore;
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** Where they outlive the process. */
  readonly records: RecordsOf;
  readonly signal: AbortSignal;
  /** Milliseconds between the tries to notify. */
  readonly intervals?: readonly number[] | undefined;
}

interface Held {
  subscription: Subscription;
  readonly watcher: Watcher;
  readonly notifier: Notifier;
  readonly lifecycle: Notifier | undefined;
  readonly timers: Set<NodeJS.Timeout>;
}

/** Who wants to be notified of what. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #held = new Map<string, Held>();
  readonly #kept: KeptMap<KeptSubscription>;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
    this.#kept = new KeptMap(options.records('subscription'));
    options.signal.addEventListener('abort', () => this.#close());
  }

  /** Those of an app, and of the person that it acts for. */
  all(grant: AccessGrant): Subscription[] {
    return [...this.#held.values()].flatMap(({ subscription }) => (isOwn(subscription, grant) ? [subscription] : []));
  }

  /** @throws GraphError ResourceNotFound */
  get(id: string, { clientId }: AccessGrant): Subscription {
    const subscription = this.#held.get(id)?.subscription;
    if (subscription?.applicationId === clientId) return subscription;
    throw new GraphError(404, 'ResourceNotFound', { message: 'The object was not found.' });
  }

  /** Adds one once its endpoints have proved to be ready for it. @throws GraphError ValidationError */
  async add(subscription: Subscription, grant: AccessGrant): Promise<void> {
    const { lifecycleNotificationUrl, notificationUrl, watched } = subscription;
    const there = [...this.#held.values()].filter(({ subscription: each }) => each.watched.account === watched.account);
    if (there.length >= maxPerMailbox)
      throw new GraphError(403, 'ExtensionError', { message: `A mailbox has at most ${maxPerMailbox} subscriptions.` });
    for (const url of new Set([notificationUrl, lifecycleNotificationUrl ?? notificationUrl]))
      await validateEndpoint(url, this.#options);
    await this.#begin(subscription, grant);
  }

  /** Has those of an earlier start go on; that notifications may have been lost since, their apps are told. */
  async resume(): Promise<void> {
    for (const [id, kept] of this.#kept) {
      const isOver = kept.expiresAt <= Date.now();
      const restored = isOver ? undefined : unlessGone(() => restoreSubscription(kept, this.#options.store));
      if (!restored) {
        this.#kept.delete(id);
        continue;
      }
      await this.#begin(restored.subscription, restored.grant);
      this.#tell(id, 'missed');
    }
  }

  async #begin(subscription: Subscription, grant: AccessGrant): Promise<void> {
    const { lifecycleNotificationUrl, notificationUrl, watched } = subscription;
    const watcher = new Watcher(this.#options.store, watched, (change, message) =>
      this.#notify(subscription.id, change, message),
    );
    await watcher.begin();
    const notifierTo = (endpoint: string, onMissed: () => void) =>
      new Notifier({ ...this.#options, endpoint, onMissed });
    const lifecycle = lifecycleNotificationUrl === null ? undefined : notifierTo(lifecycleNotificationUrl, () => {});
    const notifier = notifierTo(notificationUrl, () => this.#tell(subscription.id, 'missed'));
    this.#held.set(subscription.id, { subscription, watcher, notifier, lifecycle, timers: new Set() });
    this.authorize(subscription, grant);
  }

  /** Lets it live until another time, in the name of this token. */
  renew(subscription: Subscription, expiresAt: Date, grant: AccessGrant): Subscription {
    const held = this.#held.get(subscription.id);
    if (!held) throw itemNotFound();
    held.subscription = { ...subscription, expiresAt };
    this.authorize(held.subscription, grant);
    return held.subscription;
  }

  /** Has it go on in the name of this token; its end stays. */
  authorize({ id, expiresAt }: Subscription, grant: AccessGrant): void {
    const held = this.#held.get(id);
    if (!held) return;
    this.#kept.set(id, keptSubscription(held.subscription, grant));
    for (const timer of held.timers) clearTimeout(timer);
    held.timers.clear();
    const left = expiresAt.getTime() - Date.now();
    const authorized = Math.min(left, grant.expiresAt.getTime() - Date.now());
    const after = (delay: number, action: () => void) => held.timers.add(setTimeout(action, delay).unref());
    after(left, () => this.remove(id));
    after(Math.max(authorized - lead, authorized / 2), () => this.#tell(id, 'reauthorizationRequired'));
  }

  remove(id: string): void {
    this.#stop(id);
    this.#kept.delete(id);
  }

  #stop(id: string): void {
    const held = this.#held.get(id);
    if (!held) return;
    held.watcher.stop();
    for (const timer of held.timers) clearTimeout(timer);
    this.#held.delete(id);
  }

  /** Removes all, as Microsoft sometimes does, and lets the apps know. */
  forget(): void {
    for (const id of this.#held.keys()) {
      this.#tell(id, 'subscriptionRemoved');
      this.remove(id);
    }
  }

  #close(): void {
    for (const id of this.#held.keys()) this.#stop(id);
  }

  #notify(id: string, change: ChangeType, message: StoredMessage): void {
    const held = this.#held.get(id);
    if (!held?.subscription.changeTypes.has(change)) return;
    if (Math.random() < this.#options.faults.losePushes) return this.#tell(id, 'missed');
    held.notifier.add(changeNotification(held.subscription, change, message));
  }

  #tell(id: string, event: LifecycleEvent): void {
    const held = this.#held.get(id);
    held?.lifecycle?.add(lifecycleNotification(held.subscription, event));
  }
}

function unlessGone<T>(restore: () => T): T | undefined {
  try {
    return restore();
  } catch {
    return undefined;
  }
}

function isOwn({ applicationId, creatorId }: Subscription, grant: AccessGrant): boolean {
  return applicationId === grant.clientId && creatorId === creatorOf(grant);
}
