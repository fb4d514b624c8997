import { textBody } from '../message/derived-properties.js';
import { headerSection } from '../message/mime-header.js';
import { withoutTag, type StoredMessage } from '../store/store.js';
import type { MessageJournal } from './message-journal.js';
import { describeMessage, type SandboxMessage } from './sandbox-message.js';

export interface MessageQuery {
  /** An address: without a tag, all that is in its mailbox; with one, what was delivered for just that. @default all */
  readonly mailbox?: string | undefined;
  /** Words that are all to be found in the fields or the text, in any case. @default none */
  readonly search?: string | undefined;
  /** How many at most. @default all */
  readonly limit?: number | undefined;
}

/** Finds messages, the last that came first. */
export async function findMessages(
  journal: MessageJournal,
  { mailbox, search = '', limit = Infinity }: MessageQuery,
  origin: string,
): Promise<SandboxMessage[]> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found: SandboxMessage[] = [];
  for (const message of messagesOf(journal, mailbox)) {
    if (found.length >= limit) break;
    const described = await describeMessage(message, origin);
    if (words.length === 0 || (await holds(message, described, words))) found.push(described);
  }
  return found;
}

/** An address's messages: all in its mailbox or, with a tag, what was delivered for just that; all, without an address. */
export function* messagesOf(journal: MessageJournal, address?: string): Iterable<StoredMessage> {
  const wanted = address?.toLowerCase();
  const mailbox = wanted && withoutTag(wanted);
  for (const message of journal.latest(mailbox))
    if (wanted === mailbox || message.recipient?.toLowerCase() === wanted) yield message;
}

async function holds(message: StoredMessage, described: SandboxMessage, words: readonly string[]): Promise<boolean> {
  const { from, to, cc, recipient = '', subject, folder } = described;
  const people = [from ?? [], to, cc].flat().flatMap(({ name, address }) => [name, address]);
  const text = [subject, recipient, folder, ...people].join('\n').toLowerCase();
  const missing = words.filter((word) => !text.includes(word));
  if (missing.length === 0) return true;
  const body = await searchableBody(message);
  return missing.every((word) => body.includes(word));
}

/** Octets of a message whose body is looked into, and characters of it that are kept for that. */
const limits = { source: 1024 * 1024, text: 100_000 };

const bodies = new WeakMap<Buffer, Promise<string>>();

function searchableBody(message: StoredMessage): Promise<string> {
  const { source } = message;
  if (source.length > limits.source) return Promise.resolve('');
  let body = bodies.get(source);
  if (!body) bodies.set(source, (body = readBody(message)));
  return body;
}

async function readBody(message: StoredMessage): Promise<string> {
  const head = headerSection(message.source);
  const text = await textBody(message).catch(() => '');
  return `${head}\n${text}`.slice(0, limits.text).toLowerCase();
}
