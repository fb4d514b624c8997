import type { StoredMessage } from '../store/store.js';
import { bad } from './refusal.js';

/** The flags that IMAP itself gives a meaning, but for `\Recent` (RFC 3501 section 2.3.2). */
export const systemFlags = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'];

/** The flags that Exchange has. */
export const exchangeFlags = [...systemFlags, '$MDNSent'];

/** A flag as the store spells it: system flags in their own case, keywords as they are. @throws Refusal BAD */
export function canonicalFlag(flag: string): string {
  if (!flag.startsWith('\\')) return flag;
  const known = systemFlags.find((each) => each.toLowerCase() === flag.toLowerCase());
  if (!known) throw bad(`${flag} is not a flag that can be set.`);
  return known;
}

/** Whether a message has a flag, in whatever case. */
export function hasFlag(message: StoredMessage, flag: string): boolean {
  return spelling(message, flag) !== undefined;
}

/** Adds, takes away or replaces flags. */
export function changeFlags(message: StoredMessage, how: '+' | '-' | '', flags: readonly string[]): void {
  const { folder } = message;
  const wanted = flags.map((flag) => spelling(message, flag) ?? flag);
  const removed = how === '-' ? wanted : how === '+' ? [] : [...message.flags].filter((flag) => !wanted.includes(flag));
  for (const flag of removed) folder.setFlag(message, flag, false);
  if (how !== '-') for (const flag of wanted) folder.setFlag(message, flag, true);
}

function spelling(message: StoredMessage, flag: string): string | undefined {
  if (message.flags.has(flag)) return flag;
  return [...message.flags].find((each) => each.toLowerCase() === flag.toLowerCase());
}
