import { isSameAddress } from '../../address.js';
import type { Address } from '../../transport.js';
import type { OutgoingMessage } from '../outgoing.js';
import { isMessageId } from '../outgoing/message-id.js';
import type { ParsedMessage } from '../parse.js';
import { checkAnswer } from './check-answer.js';
import { oneLine, prefixed } from './one-line.js';
import { withQuote } from './quote.js';

/** A message that answers another. */
export interface Reply extends Omit<OutgoingMessage, 'inReplyTo' | 'references'> {
  /** Puts what is answered below, as mail programs do. @default false */
  readonly quote?: boolean;
}

/** How many messages of a thread are named. */
const longestThread = 50;

/** A reply to who wants the answers, with the header fields that make a thread (RFC 5322 section 3.6.4). */
export function replyTo(received: ParsedMessage, reply: Reply): OutgoingMessage {
  return answerTo(received, reply, { to: addressees(received) });
}

/** A reply to all that have to do with a message, but not to oneself. */
export function replyToAll(received: ParsedMessage, reply: Reply, own: readonly string[]): OutgoingMessage {
  const isOwn = ({ address }: Address): boolean => own.some((other) => isSameAddress(address, other));
  const others = (list: readonly Address[]): Address[] => list.filter((address) => !isOwn(address));
  // Of what one wrote oneself, those are answered whom it went to.
  const authors = others(addressees(received));
  const to = authors.length > 0 ? authors : others(received.to);
  const rest = others([...received.to, ...received.cc]).filter(
    (one, index, all) => ![...to, ...all.slice(0, index)].some(({ address }) => isSameAddress(address, one.address)),
  );
  return answerTo(received, reply, { to: to.length > 0 ? to : addressees(received), cc: rest });
}

function addressees({ replyTo: wanted, from }: ParsedMessage): readonly Address[] {
  return wanted.length > 0 ? wanted : from ? [from] : [];
}

/** An answer to some, in the thread of the message that it answers. */
export function answerTo(
  received: ParsedMessage,
  reply: Reply,
  { to, cc = [] }: { readonly to: readonly Address[]; readonly cc?: readonly Address[] },
): OutgoingMessage {
  checkAnswer(reply, 'quote');
  const { quote = false, ...message } = reply;
  const { messageId, subject } = received;
  return {
    ...(to.length > 0 && { to: to.map(writable) }),
    ...(cc.length > 0 && { cc: cc.map(writable) }),
    subject: prefixed('Re:', subject),
    ...(quote ? withQuote(received, message) : message),
    ...(isMessageId(messageId) && { inReplyTo: messageId, references: threadOf(received) }),
  };
}

/** Where the message names one that it answers, and no others, the thread begins with that one. */
function threadOf({ references, inReplyTo, messageId }: ParsedMessage): string[] {
  const before = references.length > 0 ? references : [inReplyTo];
  return [...before, messageId].filter(isMessageId).slice(-longestThread);
}

function writable({ name, address }: Address): Address {
  return { name: oneLine(name), address };
}
