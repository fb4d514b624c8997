import type { ExchangeError } from '../../errors.js';
import type { ParsedMessage } from '../message/parse.js';
import type { MessageRef } from '../transport.js';

/** A message's content: read and parsed. */
export interface Content {
  readonly source: Buffer;
  readonly parsed: ParsedMessage;
}

/** What reading a message has come to: what it was read as, that it is gone, or why it can't be read for now. */
export type Reading<T> = { readonly read: T } | { readonly gone: true } | { readonly unreadable: ExchangeError };

/** One message in a feed, followed while it moves. */
export interface Arrival {
  /** The same for the same message, wherever it moves; the messages of two arrivals may look the same, and be two. */
  readonly identity: symbol;
  /** The id of the folder that it is followed in. */
  readonly folder: string;
  /** Where it was last seen. */
  ref: MessageRef;
  /** The server gave its envelope: until then it is not known whom it is for. */
  hasEnvelope: boolean;
  /** It was moved away or deleted. */
  gone: boolean;
  /** It was deleted for good by this connection: what looks like it is another. */
  deleted: boolean;
  /** Reading it, since it was first asked for. What could not be read is tried again, and this replaced when it was. */
  reading: Promise<Reading<Content>> | undefined;
  /** When that began, in milliseconds. */
  readingSince: number;
}

/**
 * What stays the same when a message moves, on every server: its Message-ID, received time and where it was
 * delivered to. Two messages may have it in common: one that was sent twice, two without a Message-ID.
 */
export function likeness(ref: MessageRef): string {
  const name = ref.messageId || `${ref.subject}|${ref.size}`;
  return [name, ref.receivedAt.getTime(), ...ref.deliveredTo].join('|');
}
