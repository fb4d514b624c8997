import { ExchangeError } from '../../errors.js';
import { formatAddress, matchesAddress } from '../address.js';
import type { Message } from './message.js';
import { describePattern, matchesText, type TextPattern } from './text-pattern.js';
import type { Address } from '../transport.js';

/** What a message must be like. All that is named must hold; an empty filter takes any message. */
export interface MessageFilter {
  /** An address matches whole; other texts and regular expressions are looked for in name and address. */
  readonly from?: TextPattern;
  /** As `from`; one of the recipients must match. */
  readonly to?: TextPattern;
  /** As `from`; one of the recipients must match. */
  readonly cc?: TextPattern;
  readonly subject?: TextPattern;
  /** The plain text, or the HTML's where there is no text part. */
  readonly text?: TextPattern;
  /** The source of the HTML body. */
  readonly html?: TextPattern;
  readonly hasAttachment?: boolean;
  /** The file name of one of the attachments. */
  readonly attachment?: TextPattern;
  /** Header fields by name, in any case. */
  readonly header?: Readonly<Record<string, TextPattern>>;
  /** Whatever else must hold. */
  readonly where?: (message: Message) => boolean | Promise<boolean>;
}

type Check = (message: Message, wanted: never) => string | undefined | Promise<string | undefined>;

/** For each field of a filter: why a message is no match. */
const checks: Readonly<Record<keyof MessageFilter, Check>> = {
  from: (message, wanted: TextPattern) => checkAddresses('from', message.from ? [message.from] : [], wanted),
  to: (message, wanted: TextPattern) => checkAddresses('to', message.to, wanted),
  cc: (message, wanted: TextPattern) => checkAddresses('cc', message.cc, wanted),
  subject: (message, wanted: TextPattern) =>
    unless(matchesText(message.subject, wanted), `subject is not ${describePattern(wanted)}`),
  text: (message, wanted: TextPattern) =>
    unless(matchesText(message.text, wanted), `text does not contain ${describePattern(wanted)}`),
  html: (message, wanted: TextPattern) =>
    unless(matchesText(message.html, wanted), `html does not contain ${describePattern(wanted)}`),
  hasAttachment: (message, wanted: boolean) =>
    unless(message.attachments.length > 0 === wanted, wanted ? 'it has no attachment' : 'it has an attachment'),
  attachment: (message, wanted: TextPattern) => checkAttachment(message, wanted),
  header: (message, wanted: Readonly<Record<string, TextPattern>>) => checkHeaders(message, wanted),
  where: async (message, wanted: NonNullable<MessageFilter['where']>) =>
    unless(await wanted(message), 'where() says no'),
};

/** Why a message does not match a filter, a reason a field; none where it does. */
export async function mismatches(message: Message, filter: MessageFilter): Promise<string[]> {
  const reasons: string[] = [];
  for (const [field, wanted] of Object.entries(filter)) {
    if (wanted === undefined) continue;
    const reason = await checks[field as keyof MessageFilter](message, wanted as never);
    if (reason) reasons.push(reason);
  }
  return reasons;
}

/** @throws CONFIGURATION with all that is wrong with a filter, before anything is tried */
export function checkFilter(filter: MessageFilter): void {
  const faults = Object.entries(filter).flatMap(([field, value]) => filterFault(field, value));
  if (faults.length === 0) return;
  throw new ExchangeError('CONFIGURATION', 'The message filter is not usable.', { advice: faults });
}

/** As people read it in a step's title or an error. */
export function describeFilter(filter: MessageFilter): string {
  const fields = Object.entries(filter).filter(([, value]) => value !== undefined);
  if (fields.length === 0) return 'any message';
  return fields.map(([field, value]) => `${field} ${describeValue(value)}`).join(', ');
}

function filterFault(field: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (!(field in checks)) return [`${field} is not a field of a filter; there are ${Object.keys(checks).join(', ')}`];
  if (field === 'where') return typeof value === 'function' ? [] : ['where must be a function'];
  if (field === 'hasAttachment') return typeof value === 'boolean' ? [] : ['hasAttachment must be true or false'];
  if (field !== 'header') return isPattern(value) ? [] : [`${field} must be a string or a regular expression`];
  const isHeaders = typeof value === 'object' && value !== null && Object.values(value).every(isPattern);
  return isHeaders ? [] : ['header must be an object of strings or regular expressions'];
}

function isPattern(value: unknown): value is TextPattern {
  return typeof value === 'string' || value instanceof RegExp;
}

function describeValue(value: unknown): string {
  if (isPattern(value)) return describePattern(value);
  if (typeof value === 'function') return '(a function)';
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, pattern]) => `${name}: ${describeValue(pattern)}`)
      .join(', ');
  }
  return String(value);
}

function checkAddresses(field: string, candidates: readonly Address[], wanted: TextPattern): string | undefined {
  const found = candidates.map(formatAddress).join(', ') || 'nobody';
  return unless(
    candidates.some((candidate) => matchesAddress(candidate, wanted)),
    `${field} is ${found}, not ${describePattern(wanted)}`,
  );
}

function checkAttachment(message: Message, wanted: TextPattern): string | undefined {
  const names = message.attachments.map(({ filename }) => filename);
  const has = names.length > 0 ? names.join(', ') : 'none';
  return unless(
    names.some((name) => matchesText(name, wanted)),
    `no attachment is ${describePattern(wanted)} (it has ${has})`,
  );
}

function checkHeaders(message: Message, wanted: Readonly<Record<string, TextPattern>>): string | undefined {
  const missing = Object.entries(wanted).filter(
    ([name, pattern]) => !(message.headers.get(name.toLowerCase()) ?? []).some((value) => matchesText(value, pattern)),
  );
  const list = missing.map(([name, pattern]) => `${name} is not ${describePattern(pattern)}`).join(', ');
  return unless(missing.length === 0, `header ${list}`);
}

function unless(holds: boolean, reason: string): string | undefined {
  return holds ? undefined : reason;
}
