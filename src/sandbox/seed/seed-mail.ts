import addressparser from 'nodemailer/lib/addressparser';
import { headerFields, headerValues, withCrlf } from '../message/mime-header.js';

/** A mail that is there from the start. */
export interface SeedMail {
  readonly source: Buffer;
  readonly receivedAt: Date;
  /** Whom it was delivered for: each has it in a mailbox of theirs. */
  readonly recipients: readonly string[];
  /** The names of the folders that lead to it in the mailbox; none for the inbox. */
  readonly path: readonly string[];
}

/** The fields in which whoever it is for is looked for, one after the other. */
const recipientFields = [['Delivered-To'], ['X-Original-To'], ['To', 'Cc']];

/**
 * Reads a mail that lies in folders named after a mailbox and its folder, or after nothing.
 * @throws Error with what is wrong with it
 */
export async function readSeedMail(file: Buffer, [mailbox, ...path]: readonly string[]): Promise<SeedMail> {
  const source = withCrlf(file);
  if (headerFields(source).length === 0 || !/^[!-9;-~]+[ \t]*:/.test(source.toString('latin1', 0, 1000)))
    throw new Error('it is no mail: its first line is no header field');
  if (mailbox !== undefined && !isAddress(mailbox))
    throw new Error(`its folder '${mailbox}' is not named after an address`);
  const named = recipientFields.map((names) => addressesIn(source, names)).find((found) => found.length > 0);
  const recipients = mailbox === undefined ? named : [mailbox];
  if (!recipients)
    throw new Error('no field says whom it is for (Delivered-To, X-Original-To, To, Cc), and no folder does');
  return { source, recipients, path, receivedAt: receivedAt(source) };
}

function addressesIn(source: Buffer, names: readonly string[]): string[] {
  const values = names.flatMap((name) => headerValues(source, name));
  const found = values.flatMap((value) => addressparser(value, { flatten: true })).map(({ address }) => address);
  return [...new Set(found.filter(isAddress))];
}

function isAddress(text: string): boolean {
  return /^[^\s@<>"]+@[^\s@<>"]+$/.test(text);
}

/** When the last server took it; else when it was written; else now. */
function receivedAt(source: Buffer): Date {
  const [received = ''] = headerValues(source, 'Received');
  const [date = ''] = headerValues(source, 'Date');
  const times = [received.slice(received.lastIndexOf(';') + 1), date].map((text) => new Date(withoutComment(text)));
  return times.find((time) => !Number.isNaN(time.getTime())) ?? new Date();
}

/** `Thu, 1 Jan 2026 10:00:00 +0100 (CET)` without what is in brackets. */
function withoutComment(text: string): string {
  return text.replace(/\([^()]*\)/g, '').trim();
}
