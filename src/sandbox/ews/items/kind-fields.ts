import { readNode } from '../../calendar/stored-node.js';
import type { BaseShape } from '../base-shape.js';
import { EwsError } from '../ews-error.js';
import { kindDefaults } from './kind-defaults.js';
import type { ItemKind, KindField } from './item-kinds.js';
import type { ItemProperty } from './item-properties.js';
import type { Value } from '../../message/value.js';
import { childElements, copyOf, isNode, isTrue, xml, type XmlElement, type XmlNode } from '../xml.js';
import type { PropertyValue, StoredMessage } from '../../store/store.js';

// How the fields of appointments, contacts and tasks are kept as a message's properties, and given back.

/** The properties of a kind of item, as shapes and restrictions read them. */
export function kindProperties({ fields }: ItemKind): ItemProperty[] {
  return fields.map((field) => {
    const { uri } = field;
    const shape: BaseShape = inDefault.has(field.name) ? 'Default' : 'AllProperties';
    if (field.type !== 'element' && field.type !== 'derived')
      return { uri, shape, read: (message) => readValue(message, uri, field) };
    const render = (message: StoredMessage) => nodeOf(message, uri);
    return { uri, shape, detail: inDetail.has(field.name), read: (message) => textOf(render(message)), render };
  });
}

/** Whether the kind has a field of that name; if so, it is set, or taken away where its element is empty. */
export function setKindField(
  kind: ItemKind | undefined,
  properties: Map<string, PropertyValue | undefined>,
  element: XmlElement,
): boolean {
  const field = kind?.fields.find(({ name }) => name === element.name);
  if (!kind || !field) return false;
  const { uri } = field;
  if (field.type === 'derived') throw new EwsError('ErrorInvalidPropertySet');
  if (element.children.length === 0 && Object.keys(element.attributes).length === 0) properties.set(uri, undefined);
  else if (field.type === 'element') properties.set(uri, JSON.stringify(copyOf(element)));
  else properties.set(uri, checked(field, element.children.filter((child) => typeof child === 'string').join('')));
  return true;
}

/**
 * A list such as `EmailAddresses` with one entry, or one part of it, set or, without a list that has it, taken away; the
 * others stay. Nothing where nothing is left.
 */
export function mergeEntry(
  kept: PropertyValue | undefined,
  path: XmlElement,
  list: XmlElement | undefined,
): string | undefined {
  const { FieldURI = '', FieldIndex = '' } = path.attributes;
  const node: XmlNode = readNode(kept) ?? xml(`t:${listOf(FieldURI)}`, {});
  const entries = nodesIn(node);
  const before = entries.find(({ attributes }) => attributes['Key'] === FieldIndex);
  const [given] = childElements(list).map(copyOf);
  const merged = given ? { ...given, content: mergeParts(before, given) } : withoutPart(before, FieldURI.split(':')[2]);
  const all = entries.flatMap((entry) => (entry === before ? [] : [entry])).concat(merged ?? []);
  return all.length > 0 ? JSON.stringify({ ...node, content: all }) : undefined;
}

/** The list that an indexed field is in: `contacts:EmailAddress`, `contacts:PhysicalAddress:City`. */
export function listOf(fieldUri: string): string {
  const [, name = ''] = fieldUri.split(':');
  return name === 'PhysicalAddress' || name.endsWith('Address') ? `${name}es` : `${name}s`;
}

/** The text of an entry of a list, or of one part of it: `contacts:EmailAddress`, `contacts:PhysicalAddress:City`. */
export function entryText(
  properties: StoredMessage['properties'],
  fieldUri: string,
  fieldIndex: string,
): string | undefined {
  const entries = nodesIn(readNode(properties.get(`contacts:${listOf(fieldUri)}`)));
  const entry = entries.find(({ attributes }) => attributes['Key'] === fieldIndex);
  const part = fieldUri.split(':')[2];
  return textOf(part ? nodesIn(entry).find(({ name }) => name === `t:${part}`) : entry);
}

/** What only GetItem gives, and no listing. */
const inDetail = new Set(
  [
    'RequiredAttendees OptionalAttendees Resources',
    'Recurrence FirstOccurrence LastOccurrence ModifiedOccurrences DeletedOccurrences',
  ].flatMap((line) => line.split(' ')),
);

/** What a client gets without asking for all. */
const inDefault = new Set(
  [
    'Start End Location IsAllDayEvent LegacyFreeBusyStatus CalendarItemType Organizer IsMeeting MeetingRequestType',
    'AssociatedCalendarItemId ResponseType HasBeenProcessed',
    'DueDate PercentComplete StartDate Status IsComplete',
    'FileAs DisplayName CompleteName EmailAddresses PhysicalAddresses PhoneNumbers CompanyName',
  ].flatMap((line) => line.split(' ')),
);

function readValue(message: StoredMessage, uri: string, { type }: KindField): Value {
  const text = message.properties.get(uri) ?? kindDefaults[uri]?.(message);
  if (typeof text !== 'string') return undefined;
  if (type === 'date') return new Date(text);
  if (type === 'number') return Number(text);
  return type === 'boolean' ? isTrue(text) : text;
}

function nodeOf(message: StoredMessage, uri: string): XmlNode | undefined {
  return readNode(message.properties.get(uri) ?? kindDefaults[uri]?.(message));
}

function textOf(node: XmlNode | undefined): string | undefined {
  return (
    node && node.content.map((part) => (typeof part === 'object' ? textOf(part as XmlNode) : String(part))).join(' ')
  );
}

function nodesIn(node: XmlNode | undefined): XmlNode[] {
  return node?.content.filter(isNode) ?? [];
}

function checked({ type, name }: KindField, text: string): string {
  const isWrong =
    (type === 'date' && Number.isNaN(Date.parse(text))) || (type === 'number' && Number.isNaN(Number(text)));
  if (isWrong) throw new EwsError('ErrorInvalidPropertySet', { message: `The value of ${name} is not valid.` });
  if (type === 'boolean') return String(isTrue(text));
  return type === 'date' ? new Date(text).toISOString() : text;
}

/** An address's street is changed without its city. */
function mergeParts(before: XmlNode | undefined, given: XmlNode): XmlNode['content'] {
  const names = new Set(nodesIn(given).map(({ name }) => name));
  if (names.size === 0) return given.content;
  return [...nodesIn(before).filter(({ name }) => !names.has(name)), ...given.content];
}

function withoutPart(entry: XmlNode | undefined, part: string | undefined): XmlNode | undefined {
  const left = part ? nodesIn(entry).filter(({ name }) => name !== `t:${part}`) : [];
  return entry && left.length > 0 ? { ...entry, content: left } : undefined;
}
