import { gather } from '../../async/gather.js';
import { retryDelay } from '../../async/retry.js';
import { sleep } from '../../async/sleep.js';
import { deliveredTo } from '../delivered-to.js';
import type { ParsedMessage } from '../message/parse.js';
import { isUnreadable, type Fetched, type MessageRef } from '../transport.js';
import type { Arrival, Content, Reading } from './arrival.js';
import { MessageFetcher, type MessageFetcherOptions } from './message-fetcher.js';
import { readContent } from './read-content.js';

export interface MessageReaderOptions extends MessageFetcherOptions {
  /** Resolves as soon as somebody waits for mail. */
  readonly wanted: (signal: AbortSignal) => Promise<void>;
  /** Told of a message that was passed over, or not known by its envelope, and has been read now. */
  readonly recovered: (arrival: Arrival) => void;
}

/** So often a message is tried until it is passed over for the time being. */
const triesAtOnce = 3;
/** Milliseconds before each try of a message that was passed over; the last one repeats. */
const pauses = [1000, 2000, 5000, 10_000, 20_000, 30_000];
const triesLater = 20;

/**
 * Reads messages: those that are asked for in one turn together, each once. What can't be read is passed over soon, is
 * tried again while somebody waits for mail, and holds up no other.
 */
export class MessageReader {
  readonly #options: MessageReaderOptions;
  readonly #fetch: Fetch;
  readonly #fetchAside: Fetch;
  #later = new AbortController();

  constructor(options: MessageReaderOptions) {
    this.#options = options;
    const fetcher = new MessageFetcher(options);
    this.#fetch = gather((refs) => fetcher.fetch(refs));
    this.#fetchAside = async (ref) => await fetcher.fetch([ref], true)[0]!;
  }

  /**
   * Reads a message, or says why it can't be read for now. Rejects where nothing can be (signed out, closed ...); the
   * next call tries again.
   */
  read(arrival: Arrival): Promise<Reading<Content>> {
    if (arrival.gone) return Promise.resolve({ gone: true });
    if (!arrival.reading) this.#begin(arrival);
    return arrival.reading!;
  }

  /** Gives up what is to be tried again. */
  forget(): void {
    this.#later.abort();
    this.#later = new AbortController();
  }

  #begin(arrival: Arrival): void {
    arrival.readingSince = performance.now();
    arrival.reading = this.#readAtOnce(arrival);
    void this.#attend(arrival, arrival.reading).catch(() => {});
  }

  /** Sees to what is to become of a message after it was first read. */
  async #attend(arrival: Arrival, reading: Promise<Reading<Content>>): Promise<void> {
    const { hasEnvelope } = arrival;
    try {
      const outcome = await reading;
      if ('gone' in outcome) arrival.reading = undefined;
      if ('read' in outcome && !hasEnvelope) this.#options.recovered(arrival);
      if (isWorthAnotherTry(outcome)) await this.#readLater(arrival, this.#later.signal);
    } catch {
      // Whoever asked is told; whoever asks next has it tried again.
      if (arrival.reading === reading) arrival.reading = undefined;
    }
  }

  async #readAtOnce(arrival: Arrival): Promise<Reading<Content>> {
    for (let tries = 1; ; tries++) {
      const outcome = await this.#readOnce(arrival, tries === 1 ? this.#fetch : this.#fetchAside);
      if (tries === triesAtOnce || !isWorthAnotherTry(outcome)) return outcome;
      await sleep(retryDelay(outcome.unreadable, tries), this.#options.signal);
    }
  }

  async #readLater(arrival: Arrival, signal: AbortSignal): Promise<void> {
    for (let tries = 1; tries <= triesLater; tries++) {
      await sleep(pauses[Math.min(tries, pauses.length) - 1]!, signal);
      await this.#options.wanted(signal);
      const outcome = await this.#readOnce(arrival, this.#fetchAside);
      signal.throwIfAborted();
      arrival.reading = 'gone' in outcome ? undefined : Promise.resolve(outcome);
      if ('read' in outcome) this.#options.recovered(arrival);
      if (!isWorthAnotherTry(outcome)) return;
    }
  }

  /** A message that has moved while it was fetched is fetched from where it is now. */
  async #readOnce(arrival: Arrival, fetch: Fetch): Promise<Reading<Content>> {
    for (;;) {
      const { ref } = arrival;
      const answer = await fetch(ref);
      if ('source' in answer) {
        const reading = await readContent(answer);
        if ('read' in reading && !arrival.hasEnvelope) complete(arrival, reading.read.parsed);
        return reading;
      }
      if (arrival.ref !== ref) continue;
      if (isUnreadable(answer)) return answer;
      arrival.gone = true;
      return answer;
    }
  }
}

type Fetch = (ref: MessageRef) => Promise<Fetched>;

function isWorthAnotherTry(outcome: Reading<Content>): outcome is Extract<typeof outcome, { unreadable: unknown }> {
  return 'unreadable' in outcome && outcome.unreadable.transient;
}

/** What the server could not say, the message itself does. */
function complete(arrival: Arrival, { messageId, from, to, cc, subject, headers }: ParsedMessage): void {
  const fields = [...headers].flatMap(([name, values]) => values.map((value) => ({ name, value })));
  arrival.ref = { ...arrival.ref, messageId, from, to, cc, subject, deliveredTo: deliveredTo(fields) };
  arrival.hasEnvelope = true;
}
