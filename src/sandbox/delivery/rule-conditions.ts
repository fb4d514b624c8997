import type { ParsedMail } from 'mailparser';
import { htmlToText } from '../message/body-text.js';
import { addresses, importanceOf } from '../message/draft.js';
import { headerSection, headerValues } from '../message/mime-header.js';
import type { RuleAddress, RuleConditions } from './message-rule.js';

/** A mail that is about to be delivered. */
export interface IncomingMail {
  readonly source: Buffer;
  readonly mail: ParsedMail;
  /** Whose mailbox it comes to. */
  readonly owner: string;
}

/** Whether all conditions hold; where there are none, they do. */
export function allHold(conditions: RuleConditions, incoming: IncomingMail): boolean {
  return Object.entries(conditions).every(([name, wanted]) => holds(name, wanted, incoming));
}

/** Whether one of several conditions holds. */
export function anyHolds(conditions: RuleConditions, incoming: IncomingMail): boolean {
  return Object.entries(conditions).some(([name, wanted]) => holds(name, wanted, incoming));
}

function holds(name: string, wanted: unknown, incoming: IncomingMail): boolean {
  const texts = textsOf[name]?.(incoming);
  if (texts) return [wanted].flat().some((text) => texts.some((each) => each.includes(String(text).toLowerCase())));
  const found = peopleOf[name]?.(incoming);
  if (found) return ([wanted].flat() as RuleAddress[]).some((each) => found.includes(addressOf(each)));
  const fact = facts[name]?.(incoming);
  if (fact !== undefined) return fact === wanted;
  if (name !== 'withinSizeRange') return wanted === false;
  const { minimumSize = 0, maximumSize = Infinity } = wanted as Readonly<Record<string, number>>;
  const size = incoming.source.length / 1024;
  return size >= minimumSize && size <= maximumSize;
}

type Reader<T> = (incoming: IncomingMail) => T;

const textsOf: Readonly<Record<string, Reader<string[]>>> = {
  bodyContains: ({ mail }) => [bodyOf(mail)],
  bodyOrSubjectContains: ({ mail }) => [bodyOf(mail), (mail.subject ?? '').toLowerCase()],
  subjectContains: ({ mail }) => [(mail.subject ?? '').toLowerCase()],
  senderContains: ({ mail }) => people(mail, ['from']),
  recipientContains: ({ mail }) => people(mail, ['to', 'cc']),
  headerContains: ({ source }) => [headerSection(source).toLowerCase()],
};

const peopleOf: Readonly<Record<string, Reader<string[]>>> = {
  fromAddresses: ({ mail }) => people(mail, ['from']),
  sentToAddresses: ({ mail }) => people(mail, ['to', 'cc']),
};

const facts: Readonly<Record<string, Reader<boolean | string>>> = {
  hasAttachments: ({ mail }) => mail.attachments.some(({ related }) => !related),
  importance: ({ mail }) => importanceOf(mail).toLowerCase(),
  sensitivity: ({ source }) => sensitivities[firstOf(source, 'Sensitivity')] ?? 'normal',
  isAutomaticForward: ({ source }) => firstOf(source, 'Auto-Submitted').startsWith('auto-forwarded'),
  isAutomaticReply: ({ source }) => firstOf(source, 'Auto-Submitted').startsWith('auto-replied'),
  isEncrypted: ({ source }) => /^multipart\/encrypted|enveloped-data/.test(firstOf(source, 'Content-Type')),
  isSigned: ({ source }) => /^multipart\/signed|signed-data/.test(firstOf(source, 'Content-Type')),
  isMeetingRequest: ({ source }) => calendarMethod(source) === 'request',
  isMeetingResponse: ({ source }) => calendarMethod(source) === 'reply',
  isNonDeliveryReport: ({ source }) => reportType(source) === 'delivery-status',
  isReadReceipt: ({ source }) => reportType(source) === 'disposition-notification',
  sentToMe: ({ mail, owner }) => people(mail, ['to']).includes(owner),
  sentCcMe: ({ mail, owner }) => people(mail, ['cc']).includes(owner),
  sentToOrCcMe: ({ mail, owner }) => people(mail, ['to', 'cc']).includes(owner),
  notSentToMe: ({ mail, owner }) => !people(mail, ['to', 'cc']).includes(owner),
  sentOnlyToMe: ({ mail, owner }) => {
    const all = [mail.to, mail.cc].flatMap((field) => addresses(field));
    return all.length === 1 && people(mail, ['to']).includes(owner);
  },
};

/** Of what the sandbox never delivers the answer is no. */
const never = ['categories', 'isApprovalRequest', 'isPermissionControlled', 'isVoicemail', 'messageActionFlag'];

/** By the names of Graph. */
export const conditionNames: ReadonlySet<string> = new Set(
  [textsOf, peopleOf, facts].flatMap((readers) => Object.keys(readers)).concat('withinSizeRange', never),
);

/** RFC 4021 section 2.1.55. */
const sensitivities: Readonly<Record<string, string>> = {
  personal: 'personal',
  private: 'private',
  'company-confidential': 'confidential',
};

/** Names and addresses, these with their tag and without. */
function people(mail: ParsedMail, fields: readonly ('from' | 'to' | 'cc')[]): string[] {
  return fields
    .flatMap((field) => addresses(mail[field]))
    .flatMap(({ name, address }) => [name, address, address.replace(/\+[^@]*(?=@)/, '')])
    .map((text) => text.toLowerCase());
}

function addressOf({ emailAddress }: RuleAddress): string {
  return emailAddress.address.toLowerCase();
}

function bodyOf({ text, html }: ParsedMail): string {
  return (text || htmlToText(html || '')).toLowerCase();
}

function firstOf(source: Buffer, field: string): string {
  return (headerValues(source, field)[0] ?? '').trim().toLowerCase();
}

function reportType(source: Buffer): string | undefined {
  const [, type] = /^multipart\/report\b.*\breport-type="?([\w-]+)/.exec(firstOf(source, 'Content-Type')) ?? [];
  return type;
}

/** What a mail with an invitation, or with the answer to one, asks for (RFC 6047). */
function calendarMethod(source: Buffer): string | undefined {
  const [, method] = /^METHOD:(\w+)/im.exec(source.toString('latin1')) ?? [];
  return method?.toLowerCase();
}
