import { isPlainObject } from '../../../input/plain-object.js';
import { isSameAddress } from '../../address.js';
import type { OutgoingMessage } from '../outgoing.js';

/**
 * A message whose answers come to a test's own address, where that is another than the account's, unless it says
 * otherwise: `replyTo`, were it an empty list, or a `from` of its own.
 */
export function withReplyTo(
  message: OutgoingMessage,
  { own, account }: { readonly own: string; readonly account: string },
): OutgoingMessage {
  if (!isPlainObject(message) || isSameAddress(own, account)) return message;
  const { replyTo, from } = message;
  return replyTo === undefined && from === undefined ? { ...message, replyTo: own } : message;
}
