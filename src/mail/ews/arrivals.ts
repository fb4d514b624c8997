import type { PropertyDefinitionBase } from 'ews-javascript-api';
import { ExchangeError } from '../../errors.js';
import type { CallOptions, Folder, MessageRef, Position } from '../transport.js';
import { ArticleNumbers } from './article-numbers.js';
import { batches } from '../../async/batches.js';
import type { EwsSession } from './ews-session.js';
import { getItems } from './get-items.js';
import { envelopeProperties, messageRef } from './message-ref.js';
import type { ReadAhead } from './read-ahead.js';
import { ReceivedTimes, type ReceivedPosition } from './received-times.js';
import { itemSource } from './read-items.js';
import type { Sources } from '../sources.js';
import type { XmlElement } from './xml-tree.js';

/** So few and so small: their sources come along, which saves a round trip for each arrival. */
const along = { count: 3, size: 128 * 1024 };
const envelopes = { count: 100, size: Infinity };

/** Positions and what came after them. */
export class Arrivals {
  readonly #session: EwsSession;
  readonly #sources: Sources;
  readonly #ahead: ReadAhead;
  readonly #numbers: ArticleNumbers;
  readonly #times: ReceivedTimes;

  constructor(session: EwsSession, sources: Sources, ahead: ReadAhead) {
    this.#session = session;
    this.#sources = sources;
    this.#ahead = ahead;
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

  async after(
    folder: Folder,
    position: Position,
    options: CallOptions = {},
  ): Promise<{ messages: readonly MessageRef[]; position: Position }> {
    const point = parse(position);
    const listed = 'number' in point ? await this.#numbers.above(folder, point.number, options) : undefined;
    if (listed) {
      const next = listed.at(-1);
      return {
        messages: await this.#messages(folder, listed, options),
        position: next ? numbered(next.number) : position,
      };
    }
    const received = await this.#times.after(folder, 'seen' in point ? point : everything, options);
    return { messages: await this.#messages(folder, received.items, options), position: timed(received.position) };
  }

  async #messages(
    folder: Folder,
    items: readonly { id: string; size: number }[],
    options: CallOptions,
  ): Promise<MessageRef[]> {
    if (items.length === 0) return [];
    if (items.length <= along.count && items.every(({ size }) => size <= along.size)) {
      return await this.#withSources(folder, items, options);
    }
    this.#ahead.drop();
    const messages: MessageRef[] = [];
    for (const batch of batches(items, envelopes)) {
      for (const item of await this.#read(folder, batch, options)) if (item) messages.push(messageRef(item));
    }
    return messages;
  }

  async #withSources(folder: Folder, items: readonly { id: string }[], options: CallOptions): Promise<MessageRef[]> {
    const { MimeContent } = this.#session.library.ItemSchema;
    const ahead = await this.#ahead.take(
      items.map(({ id }) => id),
      options,
    );
    const read = ahead ?? (await this.#read(folder, items, options, MimeContent));
    return read.flatMap((item) => {
      if (!item) return [];
      const message = messageRef(item);
      this.#sources.keep(message.id, itemSource(item));
      return [message];
    });
  }

  #read(
    folder: Folder,
    items: readonly { id: string }[],
    { signal }: CallOptions,
    ...more: PropertyDefinitionBase[]
  ): Promise<(XmlElement | undefined)[]> {
    const operation = `reading the messages of the folder ${folder.name}`;
    const properties = [...envelopeProperties(this.#session.library), ...more];
    const ids = items.map(({ id }) => id);
    return getItems(this.#session, ids, { operation, properties, signal });
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
