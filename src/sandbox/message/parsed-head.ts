import type { ParsedMail } from 'mailparser';
import { parseMail } from './parse-mail.js';
import { headerEnd } from './mime-header.js';
import type { StoredMessage } from '../store/store.js';

const parsed = new WeakMap<Buffer, Promise<ParsedMail>>();

/** What a message's header fields say, parsed once: its body may be megabytes. */
export function parsedHead({ source }: StoredMessage): Promise<ParsedMail> {
  let head = parsed.get(source);
  if (!head) parsed.set(source, (head = parseMail(source.subarray(0, headerEnd(source)))));
  return head;
}
