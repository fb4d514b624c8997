import { Limit } from '../../async/limit.js';
import { retry } from '../../async/retry.js';
import { describeMessage } from '../inbox/sandbox-message.js';
import type { Exchange } from '../requests/exchange.js';
import type { RequestLog } from '../requests/request-log.js';
import type { Arrival, MailStore, StoredMessage } from '../store/store.js';

/** Milliseconds between the tries: there are three. */
const defaultIntervals = [1000, 5000];
/** Milliseconds in which the endpoint has to answer. */
const patience = 10_000;
/** Deliveries that wait for being told of; what comes beyond is not told. */
const maxPending = 1000;

export interface WebhookOptions {
  readonly endpoint: string;
  /** Where the sandbox listens for HTTP. */
  readonly origin: () => string;
  /** Where the attempts are kept. */
  readonly requests: RequestLog;
  /** Milliseconds between the tries. @default [1000, 5000] */
  readonly intervals?: readonly number[];
}

/** Tells an endpoint of every delivery, one after the other, in the order in which they came; no delivery waits for it. */
export class Webhook {
  readonly #options: WebhookOptions;
  readonly #store: MailStore;
  readonly #closed = new AbortController();
  readonly #pending: StoredMessage[] = [];
  #isTelling = false;

  constructor(store: MailStore, options: WebhookOptions) {
    this.#store = store;
    this.#options = options;
    store.events.on('arrived', this.#arrived);
  }

  close(): void {
    this.#store.events.off('arrived', this.#arrived);
    this.#closed.abort(new Error('the sandbox was closed'));
  }

  readonly #arrived = (message: StoredMessage, { by }: Arrival): void => {
    if (by !== 'delivery') return;
    if (this.#pending.length >= maxPending) return this.#begin().end(failed(`more than ${maxPending} wait to be told`));
    this.#pending.push(message);
    if (!this.#isTelling) void this.#tellAll();
  };

  async #tellAll(): Promise<void> {
    this.#isTelling = true;
    for (let message = this.#pending.shift(); message; message = this.#pending.shift()) await this.#tell(message);
    this.#isTelling = false;
  }

  /** What can't be told after all tries is left: the log of requests shows it. */
  async #tell(message: StoredMessage): Promise<void> {
    const { signal } = this.#closed;
    const { intervals = defaultIntervals } = this.#options;
    try {
      const body = JSON.stringify({
        event: 'delivered',
        message: await describeMessage(message, this.#options.origin()),
      });
      let tries = 0;
      const isRetryable = () => ++tries <= intervals.length;
      await retry(() => this.#post(body), { signal, intervals, isRetryable });
    } catch {
      // The last try said why.
    }
  }

  async #post(body: string): Promise<void> {
    const exchange = this.#begin();
    exchange.request.add(body);
    const late = () => new Error(`no answer in ${patience} milliseconds`);
    using limit = new Limit({ signal: this.#closed.signal, timeout: patience, error: late });
    try {
      const headers = { 'Content-Type': 'application/json' };
      const init = { method: 'POST', headers, body, signal: limit.signal, redirect: 'manual' } as const;
      const response = await fetch(this.#options.endpoint, init);
      await response.body?.cancel();
      const outcome = `${response.status} ${response.statusText}`.trim();
      if (!response.ok) throw new Error(outcome);
      exchange.end({ outcome, isFailure: false });
    } catch (error) {
      exchange.end(failed(reasonOf(error)));
      throw error;
    }
  }

  #begin(): Exchange {
    return this.#options.requests.begin({ service: 'Webhook', title: `POST ${this.#options.endpoint}` });
  }
}

function failed(outcome: string) {
  return { outcome, isFailure: true };
}

/** Of a fetch that failed its cause says more than itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
