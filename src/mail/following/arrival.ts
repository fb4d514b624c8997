import type { MessageRef } from '../transport.js';
import type { ParsedMessage } from '../message/parse.js';

/** A message's content: read and parsed. */
export interface Content {
  readonly source: Buffer;
  readonly parsed: ParsedMessage;
}

/** One message in a feed, followed while it moves. */
export interface Arrival {
  /** The same for the same message, wherever it moves. */
  readonly identity: string;
  /** Where it was last seen. */
  ref: MessageRef;
  /** It was moved away or deleted. */
  gone: boolean;
  /** Read and parsed once, when first asked for; nothing where it is gone. */
  content: Promise<Content | undefined> | undefined;
}

/**
 * What stays the same when a message moves between folders, on every server: its Message-ID, received
 * time and where it was delivered to. (One Message-ID may come twice, for two addresses of one mailbox.)
 */
export function identityOf(ref: MessageRef): string {
  const name = ref.messageId || `${ref.subject}|${ref.size}`;
  return [name, ref.receivedAt.getTime(), ...ref.deliveredTo].join('|');
}
