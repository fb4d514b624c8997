import type { Faults } from '../faults.js';
import type { StoredMessage } from '../store/store.js';
import { parsedHead } from './parsed-head.js';

/** A part of a message that a client asks for. */
export type MessagePart = 'source' | 'envelope';

/** Exchange's code for why a part of a message can't be given just now (see {@link Faults}); nothing where it can. */
export async function unreadableCode(
  { unreadable }: Faults,
  message: StoredMessage,
  part: MessagePart,
): Promise<string | undefined> {
  if (!unreadable || unreadable.times === 0 || (part === 'envelope' && unreadable.part !== 'all')) return undefined;
  const { subject } = await parsedHead(message);
  if (subject !== unreadable.subject) return undefined;
  if (unreadable.times !== undefined) unreadable.times--;
  return unreadable.code ?? 'ErrorMimeContentConversionFailed';
}

/** What goes with any such code. */
export const unreadableText = 'The message content could not be converted.';
