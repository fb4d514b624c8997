import { retry } from '../../../async/retry.js';
import type { RequestLog } from '../../requests/request-log.js';
import { postToEndpoint } from '../../webhook/post-to-endpoint.js';

/** Milliseconds that an endpoint has, and for how long it is tried again. */
const patience = 3000;
const longest = 4 * 60 * 60_000;
/** Milliseconds between the tries, about; the last repeats. */
const defaultIntervals = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];

/** Notifications that wait for an endpoint; what comes beyond is lost. */
const maxPending = 1000;
/** Notifications in one request. */
const maxTogether = 20;

export interface NotifierOptions {
  readonly endpoint: string;
  readonly requests: RequestLog;
  readonly signal: AbortSignal;
  /** Told of notifications that never arrived. */
  readonly onMissed: () => void;
  readonly intervals?: readonly number[] | undefined;
}

/**
 * Sends notifications to an endpoint in their order, those that wait together, and again until it answers 2xx.
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#processing-the-change-notification
 */
export class Notifier {
  readonly #options: NotifierOptions;
  readonly #pending: object[] = [];
  #isSending = false;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  add(notification: object): void {
    if (this.#pending.length >= maxPending) return this.#options.onMissed();
    this.#pending.push(notification);
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    // What comes in the same moment goes together.
    await Promise.resolve();
    while (this.#pending.length > 0) await this.#send(this.#pending.splice(0, maxTogether));
    this.#isSending = false;
  }

  async #send(value: readonly object[]): Promise<void> {
    const { endpoint, requests, signal, onMissed, intervals = defaultIntervals } = this.#options;
    const body = JSON.stringify({ value });
    const until = Date.now() + longest;
    const title = `POST ${endpoint}`;
    const post = () =>
      postToEndpoint({ endpoint, type: 'application/json; charset=utf-8', body, patience, signal, requests, title });
    try {
      await retry(post, { signal, intervals, isRetryable: () => Date.now() < until });
    } catch {
      if (!signal.aborted) onMissed();
    }
  }
}
