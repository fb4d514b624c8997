import { hasAttachments } from './attachments.js';
import type { PropertyValue, StoredMessage } from '../store/store.js';
import {
  conversationTopic,
  displayOf,
  itemClass,
  references,
  senderOf,
  sentAt,
  textBody,
} from './derived-properties.js';
import { headerSection, headerValues } from './mime-header.js';
import { parsedHead } from './parsed-head.js';
import type { Value } from './value.js';

/** A property by its tag or by its name. */
export interface MapiProperty {
  /** One spelling for all the ways to write it; also its name among a message's own properties. */
  readonly key: string;
  readonly tag: number | undefined;
  /** The name of an internet header, where it stands for one. */
  readonly header: string | undefined;
  /** The property type, without `Array`. */
  readonly type: string;
}

type Reader = (message: StoredMessage) => Value | Promise<Value>;

/** PidTagInternetArticleNumber: grows with every message that enters the folder. */
export const articleNumberTag = 0x0e23;

/** The property set whose names are those of header fields (PS_INTERNET_HEADERS). */
export const internetHeaders = '00020386-0000-0000-c000-000000000046';

/** Reads one from a message: from its MIME, from what the store knows, or as a client once set it. */
export function readMapiProperty(property: MapiProperty, message: StoredMessage): Value | Promise<Value> {
  if (property.header !== undefined) return headerValues(message.source, property.header)[0];
  const known = property.tag === undefined ? undefined : readers[property.tag];
  return known ? known(message) : asSet(message.properties.get(property.key), property.type);
}

/** How a tag is written: `0xe23`. */
export function tagKey(tag: number): string {
  return `0x${tag.toString(16)}`;
}

const address = async (message: StoredMessage) => (await senderOf(message))?.address;
const displayName = async (message: StoredMessage) => {
  const sender = await senderOf(message);
  return sender && (sender.name || sender.address);
};

/** MAPI's property tags, as [MS-OXPROPS] lists them, that follow from a message itself. */
const readers: Readonly<Record<number, Reader>> = {
  0x001a: itemClass,
  0x0037: async (message) => (await parsedHead(message)).subject ?? '',
  0x0039: sentAt,
  0x0042: displayName,
  0x0065: address,
  0x0070: conversationTopic,
  0x0076: (message) => message.folder.account.address,
  0x007d: (message) => headerSection(message.source),
  0x0c1a: displayName,
  0x0c1f: address,
  0x0e02: displayOf('bcc'),
  0x0e03: displayOf('cc'),
  0x0e04: displayOf('to'),
  0x0e06: (message) => message.receivedAt,
  0x0e07: messageFlags,
  0x0e08: (message) => message.size,
  0x0e1b: hasAttachments,
  0x0e1d: conversationTopic,
  [articleNumberTag]: (message) => message.uid,
  0x1000: textBody,
  0x1035: async (message) => (await parsedHead(message)).messageId,
  0x1039: references,
  0x1042: async (message) => (await parsedHead(message)).inReplyTo,
  0x3007: (message) => message.receivedAt,
  0x3008: (message) => message.modifiedAt,
  0x300b: (message) => Buffer.from(message.searchKey, 'base64'),
  0x5d01: address,
  0x5d02: address,
};

/** PidTagMessageFlags: mfRead, mfUnsent, mfHasAttach. */
async function messageFlags(message: StoredMessage): Promise<number> {
  const attached = await hasAttachments(message);
  return (message.flags.has('\\Seen') ? 1 : 0) + (message.flags.has('\\Draft') ? 8 : 0) + (attached ? 16 : 0);
}

/** What a client once set, as a value of its MAPI type. */
function asSet(value: PropertyValue | undefined, type: string): Value {
  if (typeof value !== 'string') return value;
  if (/^(?:Integer|Long|Short|Double|Float|Currency|Error)$/.test(type)) return Number(value);
  if (type === 'Boolean') return value === 'true' || value === '1';
  if (type === 'SystemTime' || type === 'ApplicationTime') return new Date(value);
  return type === 'Binary' ? Buffer.from(value, 'base64') : value;
}
