import { retry } from '../../async/retry.js';
import { describeMessage } from '../inbox/sandbox-message.js';
import type { RequestLog } from '../requests/request-log.js';
import type { Arrival, MailStore, StoredMessage } from '../store/store.js';
import { fail, postToEndpoint } from './post-to-endpoint.js';

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
    if (this.#pending.length >= maxPending) return this.#leaveOut();
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
    const { endpoint, requests } = this.#options;
    const { signal } = this.#closed;
    await postToEndpoint({ endpoint, type: 'application/json', body, patience, signal, requests, title: this.#title });
  }

  #leaveOut(): void {
    const exchange = this.#options.requests.begin({ service: 'Webhook', title: this.#title });
    fail(exchange, `more than ${maxPending} wait to be told`);
  }

  get #title(): string {
    return `POST ${this.#options.endpoint}`;
  }
}
