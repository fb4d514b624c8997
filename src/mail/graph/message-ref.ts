import { deliveredTo } from '../delivered-to.js';
import { receivedTime } from '../received-time.js';
import type { Address, MessageRef } from '../transport.js';
import { fields, list, text } from './graph-answer.js';

/** MAPI properties that a message has no other name for: [MS-OXPROPS]. */
const sizeId = 'Integer 0x0E08';
/** Grows with every message that enters the folder: PidTagInternetArticleNumber. */
export const articleNumberId = 'Integer 0x0E23';

const properties =
  'internetMessageId,from,toRecipients,ccRecipients,subject,receivedDateTime,isRead,internetMessageHeaders';
const extended = `singleValueExtendedProperties($filter=id eq '${sizeId}' or id eq '${articleNumberId}')`;

/** The query for what a {@link MessageRef} is made of. */
export const envelopeQuery = `$select=${properties}&$expand=${encodeURIComponent(extended)}`;

/** What a listing tells of a message. */
export interface ListedMessage {
  readonly id: string;
  readonly subject: string;
  readonly receivedAt: Date;
  readonly hasAttachments: boolean;
}

export const listedProperties = 'subject,receivedDateTime,hasAttachments';

/** A message that was listed with {@link listedProperties}. */
export function readListed(entry: Readonly<Record<string, unknown>>): ListedMessage {
  return {
    id: text(entry['id']),
    subject: text(entry['subject']),
    receivedAt: receivedTime(text(entry['receivedDateTime'])),
    hasAttachments: entry['hasAttachments'] === true,
  };
}

/** All that is known of a message whose envelope can't be read. */
export function listedRef({ id, subject, receivedAt }: ListedMessage): MessageRef {
  const unknown = { messageId: '', from: undefined, to: [], cc: [], deliveredTo: [], size: 0, isRead: false };
  return { id, subject, receivedAt, ...unknown };
}

/** A message as Graph describes it, read with {@link envelopeQuery}. */
export interface Envelope {
  readonly ref: MessageRef;
  /** Grows with every message that enters the folder (PidTagInternetArticleNumber); nothing where it isn't given. */
  readonly articleNumber: number | undefined;
}

/** Drafts and reports lack some of the properties. */
export function readEnvelope(body: unknown): Envelope {
  const message = fields(body);
  const ref: MessageRef = {
    id: text(message['id']),
    messageId: text(message['internetMessageId']),
    from: addresses([message['from']])[0],
    to: addresses(message['toRecipients']),
    cc: addresses(message['ccRecipients']),
    deliveredTo: deliveredTo(
      list(message['internetMessageHeaders']).map(({ name, value }) => ({ name: text(name), value: text(value) })),
    ),
    subject: text(message['subject']),
    size: extendedNumber(message, sizeId) ?? 0,
    receivedAt: receivedTime(text(message['receivedDateTime'])),
    isRead: message['isRead'] === true,
  };
  return { ref, articleNumber: extendedNumber(message, articleNumberId) };
}

function addresses(recipients: unknown): Address[] {
  return list(recipients)
    .map(({ emailAddress }) => fields(emailAddress))
    .filter(({ address }) => text(address) !== '')
    .map(({ name, address }) => ({ name: text(name), address: text(address) }));
}

/** Graph writes the property's id in its own way: `Integer 0xe08`. */
export function extendedNumber(message: Readonly<Record<string, unknown>>, wanted: string): number | undefined {
  const property = list(message['singleValueExtendedProperties']).find(({ id }) => sameId(text(id), wanted));
  const value = Number(text(property?.['value']) || NaN);
  return Number.isFinite(value) ? value : undefined;
}

function sameId(id: string, other: string): boolean {
  const [one, two] = [id, other].map((each) => each.split(' '));
  return one?.[0] === two?.[0] && Number(one?.[1]) === Number(two?.[1]);
}
