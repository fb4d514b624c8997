import { schemaViolation } from './ews-error.js';
import { headerSection, headerValues } from '../message/mime-header.js';
import * as item from '../message/derived-properties.js';
import { itemClass } from './item-properties.js';
import { parsedHead } from '../message/parsed-head.js';
import type { Value } from './value.js';
import { textOf, type XmlElement } from './xml.js';
import type { StoredMessage } from '../store.js';

type Reader = (message: StoredMessage) => Value | Promise<Value>;

/** PidTagInternetArticleNumber: grows with every message that enters the folder. */
export const articleNumberTag = 0x0e23;

/** What an ExtendedFieldURI names. */
export interface ExtendedField {
  /** One spelling for all the ways to write it; also its name among a message's own properties. */
  readonly key: string;
  readonly tag: number | undefined;
  /** The name of an internet header, where it stands for one. */
  readonly header: string | undefined;
  /** The property type of MAPI, without `Array`. */
  readonly type: string;
  readonly isArray: boolean;
  /** The attributes to repeat in an answer. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** @throws EwsError a fault, where it names no property */
export function readExtendedField(uri: XmlElement): ExtendedField {
  const { PropertyTag, PropertySetId, DistinguishedPropertySetId, PropertyName, PropertyId, PropertyType } =
    uri.attributes;
  if (!PropertyType) throw schemaViolation("The required attribute 'PropertyType' is missing.");
  const tag = PropertyTag === undefined ? undefined : Number(PropertyTag);
  const set = (DistinguishedPropertySetId ?? PropertySetId)?.toLowerCase();
  const name = PropertyName ?? PropertyId;
  if (tag === undefined ? !set || name === undefined : !(tag > 0 && tag <= 0xffff)) {
    throw schemaViolation('The extended property is not valid.');
  }
  return {
    key: tag === undefined ? `${set}/${name!.toLowerCase()}` : hexadecimal(tag),
    tag,
    header: set === 'internetheaders' || set === internetHeaders ? PropertyName : undefined,
    type: PropertyType.replace(/Array$/, ''),
    isArray: PropertyType.endsWith('Array'),
    attributes: tag === undefined ? uri.attributes : { PropertyTag: hexadecimal(tag), PropertyType },
  };
}

/** Reads one from a message: from its MIME, from what the store knows, or as a client once set it. */
export function readExtended(field: ExtendedField, message: StoredMessage): Value | Promise<Value> {
  if (field.header !== undefined) return headerValues(message.source, field.header)[0];
  const known = field.tag === undefined ? undefined : tags[field.tag];
  return known ? known(message) : typed(message.properties.get(field.key), field.type);
}

/** The text of an ExtendedProperty's `Value`, or the texts of its `Values`. */
export function extendedText(value: XmlElement): string | string[] {
  if (value.name === 'Value') return textOf(value);
  return value.children.filter((child) => typeof child !== 'string').map((child) => textOf(child));
}

const internetHeaders = '00020386-0000-0000-c000-000000000046';

const address = async (message: StoredMessage) => (await item.senderOf(message))?.address;
const displayName = async (message: StoredMessage) => {
  const sender = await item.senderOf(message);
  return sender && (sender.name || sender.address);
};

/** MAPI's property tags, as [MS-OXPROPS] lists them, that follow from a message itself. */
const tags: Readonly<Record<number, Reader>> = {
  0x001a: itemClass,
  0x0037: async (message) => (await parsedHead(message)).subject ?? '',
  0x0039: item.sentAt,
  0x0042: displayName,
  0x0065: address,
  0x0070: item.conversationTopic,
  0x0076: (message) => message.folder.account.address,
  0x007d: (message) => headerSection(message.source),
  0x0c1a: displayName,
  0x0c1f: address,
  0x0e02: item.displayOf('bcc'),
  0x0e03: item.displayOf('cc'),
  0x0e04: item.displayOf('to'),
  0x0e06: (message) => message.receivedAt,
  0x0e07: messageFlags,
  0x0e08: (message) => message.source.length,
  0x0e1b: item.hasAttachments,
  0x0e1d: item.conversationTopic,
  [articleNumberTag]: (message) => message.uid,
  0x1000: item.textBody,
  0x1035: async (message) => (await parsedHead(message)).messageId,
  0x1039: item.references,
  0x1042: async (message) => (await parsedHead(message)).inReplyTo,
  0x3007: (message) => message.receivedAt,
  0x3008: (message) => message.modifiedAt,
  0x300b: (message) => Buffer.from(message.searchKey, 'base64'),
  0x5d01: address,
  0x5d02: address,
};

/** PidTagMessageFlags: mfRead, mfUnsent, mfHasAttach. */
async function messageFlags(message: StoredMessage): Promise<number> {
  const attached = await item.hasAttachments(message);
  return (message.flags.has('\\Seen') ? 1 : 0) + (message.flags.has('\\Draft') ? 8 : 0) + (attached ? 16 : 0);
}

function typed(value: string | readonly string[] | undefined, type: string): Value {
  if (typeof value !== 'string') return value;
  if (/^(?:Integer|Long|Short|Double|Float|Currency|Error)$/.test(type)) return Number(value);
  if (type === 'Boolean') return value === 'true' || value === '1';
  if (type === 'SystemTime' || type === 'ApplicationTime') return new Date(value);
  return type === 'Binary' ? Buffer.from(value, 'base64') : value;
}

function hexadecimal(tag: number): string {
  return `0x${tag.toString(16)}`;
}
