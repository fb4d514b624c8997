import { ExchangeError, isExchangeError } from '../../errors.js';
import { EachItem, type Answer } from '../each-item.js';
import type {
  ArrivalsOptions,
  CallOptions,
  Folder,
  MessageRef,
  NewArrivals,
  Position,
  Unreadable,
} from '../transport.js';
import { ArticleNumbers } from './article-numbers.js';
import { batches } from '../../async/batches.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';
import { envelopeProperties, listedRef, mimeContent, messageRef, type ListedItem } from './message-ref.js';
import type { PushedItem, PushedItems } from './pushed-items.js';
import { ReceivedTimes, type ReceivedPosition } from './received-times.js';
import { itemSource } from './read-items.js';
import type { PropertyPath } from './requests.js';
import type { Sources } from '../sources.js';
import type { XmlElement } from './xml-tree.js';

/** So few and so small: their sources come along, which saves a round trip for each arrival. */
const along = { count: 3, size: 128 * 1024 };
const envelopes = { count: 100 };
/** Milliseconds that reading them takes at most. */
const envelopeTime = 30_000;

/** Positions and what came after them. */
export class Arrivals {
  readonly #session: EwsSession;
  readonly #sources: Sources;
  readonly #pushed: PushedItems;
  readonly #numbers: ArticleNumbers;
  readonly #times: ReceivedTimes;
  readonly #each = new EachItem();

  constructor(session: EwsSession, sources: Sources, pushed: PushedItems) {
    this.#session = session;
    this.#sources = sources;
    this.#pushed = pushed;
    this.#numbers = new ArticleNumbers(session);
    this.#times = new ReceivedTimes(session);
  }

  async position(folder: Folder, options: CallOptions & { readonly since?: Date } = {}): Promise<Position> {
    // In this order: what comes in between must be after the position.
    const highest = await this.#numbers.highest(folder, options);
    if (highest === undefined) return timed(await this.#times.position(folder, options));
    const first = options.since && (await this.#numbers.lowestSince(folder, options.since, options));
    return numbered(first === undefined ? highest : first - 1);
  }

  async after(folder: Folder, position: Position, options: ArrivalsOptions = {}): Promise<NewArrivals> {
    const point = parse(position);
    const pushed = options.hinted && 'number' in point && (await this.#pushed.above(folder, point.number, options));
    if (pushed) return this.#whole(pushed, position);
    // Whatever was named until now is among them.
    this.#pushed.forget(folder);
    const listed = 'number' in point ? await this.#numbers.above(folder, point.number, options) : undefined;
    if (listed) {
      const { items, isPartial } = listed;
      const last = items.at(-1);
      const arrived = await this.#describe(folder, items, options);
      return { ...arrived, position: last ? numbered(last.number) : position, isPartial };
    }
    const received = await this.#times.after(folder, 'seen' in point ? point : everything, options);
    return { ...(await this.#describe(folder, received.items, options)), position: timed(received.position) };
  }

  #whole(pushed: readonly PushedItem[], position: Position): NewArrivals {
    for (const { item, id } of pushed) this.#keep(id, item);
    const messages = pushed.map(({ item, id }) => messageRef(item, id));
    const last = pushed.at(-1);
    return { messages, position: last ? numbered(last.number) : position };
  }

  async #describe(
    folder: Folder,
    items: readonly ListedItem[],
    options: CallOptions,
  ): Promise<Omit<NewArrivals, 'position'>> {
    const messages: MessageRef[] = [];
    const unreadable: Unreadable[] = [];
    for (const [index, answer] of (await this.#read(folder, items, options)).entries()) {
      const item = items[index]!;
      if (isExchangeError(answer)) unreadable.push({ ref: listedRef(item), unreadable: answer });
      else if (answer) messages.push(messageRef(answer, item.id));
    }
    return { messages, ...(unreadable.length > 0 && { unreadable }) };
  }

  async #read(
    folder: Folder,
    items: readonly ListedItem[],
    options: CallOptions,
  ): Promise<Answer<XmlElement | undefined>[]> {
    if (items.length === 0) return [];
    if (items.length <= along.count && items.every(({ size }) => size <= along.size)) {
      return await this.#withSources(folder, items, options);
    }
    const answers: Answer<XmlElement | undefined>[] = [];
    for (const batch of batches(items, envelopes)) answers.push(...(await this.#envelopes(folder, batch, options)));
    return answers;
  }

  /** Of what can't be given with its source there may still be the envelope. */
  async #withSources(
    folder: Folder,
    items: readonly ListedItem[],
    options: CallOptions,
  ): Promise<Answer<XmlElement | undefined>[]> {
    const answers = await this.#get(folder, items, options, mimeContent);
    const failed = items.filter((_, index) => isExchangeError(answers[index]));
    const again = await this.#envelopes(folder, failed, options);
    return answers.map((answer, index) => {
      if (isExchangeError(answer)) return again[failed.indexOf(items[index]!)];
      if (answer) this.#keep(items[index]!.id, answer);
      return answer;
    });
  }

  #keep(id: string, item: XmlElement): void {
    const source = itemSource(item);
    if (source) this.#sources.keep(id, source);
  }

  #envelopes(
    folder: Folder,
    items: readonly ListedItem[],
    options: CallOptions,
  ): Promise<Answer<XmlElement | undefined>[]> {
    return this.#each.read(items, (some) => this.#get(folder, some, options), options.signal);
  }

  #get(
    folder: Folder,
    items: readonly ListedItem[],
    { signal }: CallOptions,
    ...more: PropertyPath[]
  ): Promise<Answer<XmlElement | undefined>[]> {
    const operation = `reading the messages of the folder ${folder.name}`;
    const properties = [...envelopeProperties, ...more];
    const ids = items.map(({ id }) => id);
    return getItems(this.#session, ids, { operation, properties, timeout: envelopeTime, signal });
  }
}

/** For a folder that was empty when its position was taken, and then turned out to give no numbers. */
const everything: ReceivedPosition = { from: 0, seen: [] };

function numbered(number: number): Position {
  return `n:${number}` as Position;
}

function timed(position: ReceivedPosition): Position {
  return JSON.stringify(position) as Position;
}

function parse(position: Position): { readonly number: number } | ReceivedPosition {
  const number = /^n:(\d+)$/.exec(position)?.[1];
  if (number !== undefined) return { number: Number(number) };
  try {
    const { from, seen } = JSON.parse(position) as ReceivedPosition;
    return { from, seen };
  } catch (cause) {
    throw new ExchangeError('CONFIGURATION', 'this is no position in a folder', { cause });
  }
}
