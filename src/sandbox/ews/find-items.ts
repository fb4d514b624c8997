import { within } from '../calendar/occurrence-item.js';
import { EwsError, schemaViolation } from './ews-error.js';
import { readExtendedField } from './extended-properties.js';
import { itemPropertyByUri } from './all-properties.js';
import { fieldUri } from './item-shape.js';
import { articleNumberTag, readMapiProperty } from '../message/mapi-properties.js';
import { headerValues } from '../message/mime-header.js';
import { articleNumberFloor, compile } from './restriction.js';
import { compareValues, type Value } from '../message/value.js';
import { childElements, find, type XmlElement } from './xml.js';
import type { StoredFolder, StoredMessage } from '../store/store.js';

/**
 * The messages of a folder that a FindItem request is after, in its order. What is asked by article
 * number alone is answered without walking the folder.
 */
export async function findItems(request: XmlElement, folder: StoredFolder): Promise<readonly StoredMessage[]> {
  const view = find(request, 'CalendarView');
  if (view) return inView(view, folder);
  const expression = childElements(find(request, 'Restriction'))[0];
  const floor = articleNumberFloor(expression);
  const candidates = floor === undefined ? folder.messages : folder.above(floor);
  const isFloorAlone = floor !== undefined && expression?.name !== 'And';
  const order = childElements(find(request, 'SortOrder'));
  if (!expression && isLatestFirst(order)) return folder.latestFirst;
  const matches = expression && !isFloorAlone ? await filter(candidates, expression) : candidates;
  return sort(matches, order);
}

/** What is the order where none is asked for. */
function isLatestFirst([first, ...others]: readonly XmlElement[]): boolean {
  const path = childElements(first)[0];
  const isReceived = path?.name === 'FieldURI' && fieldUri(path) === 'item:DateTimeReceived';
  return !first || (others.length === 0 && isReceived && isDescending(first));
}

/** Exchange's own, in milliseconds: two years. */
const longestView = 732 * 86_400_000;

/** The appointments that touch a time, each occurrence of those that recur; the first that begins first. */
function inView({ attributes }: XmlElement, folder: StoredFolder): readonly StoredMessage[] {
  const [from, to] = [attributes['StartDate'], attributes['EndDate']].map((text) => new Date(text ?? ''));
  if (from === undefined || to === undefined || Number.isNaN(to.getTime() - from.getTime()))
    throw schemaViolation("The 'CalendarView' element is invalid.");
  if (to < from) throw new EwsError('ErrorCalendarEndDateIsEarlierThanStartDate');
  if (to.getTime() - from.getTime() > longestView) throw new EwsError('ErrorCalendarViewRangeTooBig');
  if (folder.folderClass !== 'IPF.Appointment') throw new EwsError('ErrorCalendarFolderIsInvalidForCalendarView');
  const startOf = ({ properties }: StoredMessage) => Date.parse(String(properties.get('calendar:Start')));
  return folder.messages
    .flatMap((item) => within(item, from, to))
    .toSorted((a, b) => startOf(a) - startOf(b))
    .slice(0, Number(attributes['MaxEntriesReturned'] ?? Infinity));
}

/** Reads what a path names of a message. */
export function messageValue(path: XmlElement): (message: StoredMessage) => Value | Promise<Value> {
  if (path.name === 'ExtendedFieldURI') {
    const field = readExtendedField(path);
    return (message) => readMapiProperty(field, message);
  }
  if (path.name === 'IndexedFieldURI') {
    const { FieldURI, FieldIndex = '' } = path.attributes;
    if (FieldURI !== 'item:InternetMessageHeader') throw new EwsError('ErrorInvalidPropertyRequest');
    return (message) => headerValues(message.source, FieldIndex)[0];
  }
  const property = itemPropertyByUri.get(fieldUri(path));
  return property ? (message) => property.read(message) : () => undefined;
}

async function filter(messages: readonly StoredMessage[], expression: XmlElement): Promise<StoredMessage[]> {
  const accepts = compile(expression, messageValue);
  const matches: StoredMessage[] = [];
  for (const message of messages) if (await accepts(message)) matches.push(message);
  return matches;
}

interface SortKey {
  readonly read: (message: StoredMessage) => Value | Promise<Value>;
  readonly sign: 1 | -1;
}

/** Sorts by several keys, latest first where none is given. Messages come by ascending article number. */
async function sort(
  messages: readonly StoredMessage[],
  fields: readonly XmlElement[],
): Promise<readonly StoredMessage[]> {
  const first = childElements(fields[0])[0];
  if (first?.name === 'ExtendedFieldURI' && readExtendedField(first).tag === articleNumberTag) {
    return isDescending(fields[0]!) ? messages.toReversed() : messages;
  }
  const keys =
    fields.length > 0 ? fields.map(sortKey) : [{ read: (message) => message.receivedAt, sign: -1 } satisfies SortKey];
  const rows: { message: StoredMessage; values: Value[] }[] = [];
  for (const message of messages) {
    const values: Value[] = [];
    for (const key of keys) values.push(await key.read(message));
    rows.push({ message, values });
  }
  const order = (a: Value[], b: Value[]) =>
    keys.reduce((result, { sign }, index) => result || sign * compareValues(a[index], b[index]), 0);
  return rows.toSorted((a, b) => order(a.values, b.values)).map((row) => row.message);
}

function sortKey(field: XmlElement): SortKey {
  const path = childElements(field)[0];
  if (!path) throw new EwsError('ErrorInvalidRestriction');
  return { read: messageValue(path), sign: isDescending(field) ? -1 : 1 };
}

function isDescending(field: XmlElement): boolean {
  return field.attributes['Order'] === 'Descending';
}
