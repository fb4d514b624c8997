import addressparser, { type Address, type MailboxAddress } from 'nodemailer/lib/addressparser';
import { list, nstring } from './format.js';
import type { MimeHeader } from '../message/mime/mime-header.js';

/** A message's ENVELOPE (RFC 3501 section 7.4.2), undecoded. */
export function envelope(header: MimeHeader): string {
  const from = addresses(header, 'from');
  return list([
    nstring(header.value('date')),
    nstring(header.value('subject')),
    from,
    addresses(header, 'sender', from),
    addresses(header, 'reply-to', from),
    addresses(header, 'to'),
    addresses(header, 'cc'),
    addresses(header, 'bcc'),
    nstring(header.value('in-reply-to')),
    nstring(header.value('message-id')),
  ]);
}

/** `((name route mailbox host) ...)`, or what stands for none. */
function addresses(header: MimeHeader, field: string, none = 'NIL'): string {
  const written = addressparser(header.values(field).join(', ')).flatMap(writeAddress);
  return written.length > 0 ? `(${written.join('')})` : none;
}

/** A group is an address without a host before its members, and one with nothing at all after them. */
function writeAddress(entry: Address): string[] {
  if (!entry.group) return [mailbox(entry)];
  return [list(['NIL', 'NIL', nstring(entry.name), 'NIL']), ...entry.group.flatMap(writeAddress), '(NIL NIL NIL NIL)'];
}

function mailbox({ name, address }: MailboxAddress): string {
  const at = address.lastIndexOf('@');
  const [local, host] = at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
  return list([nstring(name || undefined), 'NIL', nstring(unquote(local)), nstring(host)]);
}

function unquote(local: string): string {
  return /^".*"$/.test(local) ? local.slice(1, -1).replace(/\\(.)/g, '$1') : local;
}
