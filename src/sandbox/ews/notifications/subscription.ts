import { randomBytes } from 'node:crypto';
import type { Account, StoredFolder } from '../../store/store.js';
import type { EventType, MailEvent } from './notification.js';

export interface SubscriptionOptions {
  readonly kind: 'streaming' | 'pull' | 'push';
  readonly account: Account;
  /** Nothing for all folders of the account. */
  readonly folders: readonly StoredFolder[] | undefined;
  readonly eventTypes: ReadonlySet<string>;
  /** How long it lives without being asked for anything, in milliseconds. */
  readonly timeout: number;
  /** What another has to tell still that this one takes the place of. */
  readonly begun?: readonly { readonly event: MailEvent }[] | undefined;
}

/** Events that wait to be told; with more of them a subscription is over. */
const maxPending = 100_000;

/** One subscription, with the events that its client has not been given yet. */
export class Subscription {
  readonly id = Buffer.concat([Buffer.from('sandbox'), randomBytes(24)]).toString('base64');
  readonly kind: SubscriptionOptions['kind'];
  /** Called when there is something to be given. */
  onEvent: (() => void) | undefined;
  /** Called when it is over. */
  onRemoved: (() => void) | undefined;
  readonly #options: SubscriptionOptions;
  #pending: { readonly number: number; readonly event: MailEvent }[] = [];
  #lastNumber = 0;
  #lastUse = Date.now();
  #isOver = false;

  constructor(options: SubscriptionOptions) {
    this.kind = options.kind;
    this.#options = options;
    for (const { event } of options.begun ?? []) this.offer(event);
  }

  offer(event: MailEvent): void {
    if (!this.#concerns(event)) return;
    if (this.#pending.length >= maxPending) return this.#end();
    this.#pending.push({ number: ++this.#lastNumber, event });
    this.onEvent?.();
  }

  /** All pending events; they are given once. */
  take(): { event: MailEvent }[] {
    this.use();
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }

  /** The events after a watermark; those up to it are done with. */
  after(number: number): readonly { readonly number: number; readonly event: MailEvent }[] {
    this.use();
    this.#pending = this.#pending.filter((pending) => pending.number > number);
    return this.#pending;
  }

  /** Says how far a client has read, as text that only this subscription understands. */
  watermark(number: number): string {
    return Buffer.from(`${this.id.slice(-12)}:${number}`).toString('base64');
  }

  readWatermark(watermark: string): number | undefined {
    const [owner, number = ''] = Buffer.from(watermark, 'base64').toString().split(':');
    return owner === this.id.slice(-12) && /^\d+$/.test(number) ? Number(number) : undefined;
  }

  use(): void {
    this.#lastUse = Date.now();
  }

  isExpired(): boolean {
    if (this.#isOver) return true;
    return this.kind !== 'push' && !this.onEvent && Date.now() > this.#lastUse + this.#options.timeout;
  }

  /** Nobody has asked for so long that there is too much to tell. */
  #end(): void {
    this.#isOver = true;
    this.#pending = [];
    this.onRemoved?.();
  }

  #concerns({ type, message, from }: MailEvent): boolean {
    const { account, folders, eventTypes } = this.#options;
    if (!eventTypes.has(type satisfies EventType)) return false;
    const places = [message.folder, ...(from ? [from.folder] : [])];
    return places.some((folder) => (folders ? folders.includes(folder) : folder.account === account));
  }
}
