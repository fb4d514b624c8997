import { gives, readBaseShape } from '../base-shape.js';
import { schemaViolation } from '../ews-error.js';
import { readMapiProperty } from '../../message/mapi-properties.js';
import { readExtendedField, type ExtendedField } from './extended-properties.js';
import { elementOf, kindOf, type ItemKind } from './item-kinds.js';
import { elementName, type BodyChoice, type ItemProperty } from './item-properties.js';
import { listOf } from './kind-fields.js';
import { itemPropertyByUri, propertiesOf } from './all-properties.js';
import { headerFields } from '../../message/mime-header.js';
import { writeValue, type Value } from '../../message/value.js';
import { hasProperty, latestVersion, type SchemaVersion } from '../schema-version.js';
import { childElements, find, textOf, xml, type XmlElement, type XmlNode, isTrue } from '../xml.js';
import type { StoredMessage } from '../../store/store.js';

/**
 * Where a message is shown: in a listing, which leaves out bodies, recipients and MIME and cuts texts
 * after 255 characters, as Exchange's does; by itself; or attached to another, where it has no id.
 */
export type ShapeUse = 'listing' | 'item' | 'attachment';

/** What a client wants to see of a message: how to write each part of it, in the schema's order. */
export type ItemShape = (kind: ItemKind | undefined) => readonly ItemPart[];

type ItemPart = (message: StoredMessage) => XmlNode | undefined | Promise<XmlNode | undefined>;

/** What a version of the schema has not is left out, unless it is asked for by name. */
export function readItemShape(
  shape: XmlElement | undefined,
  use: ShapeUse,
  version: SchemaVersion = latestVersion,
): ItemShape {
  if (!shape) throw schemaViolation("The element 'ItemShape' is missing.");
  const base = readBaseShape(shape);
  const paths = childElements(find(shape, 'AdditionalProperties'));
  const asked = new Set(paths.filter((path) => path.name === 'FieldURI').map(fieldUri));
  if (isTrue(textOf(find(shape, 'IncludeMimeContent')))) asked.add('item:MimeContent');
  const indexed = paths.filter((path) => path.name === 'IndexedFieldURI').map(({ attributes }) => attributes);
  const headers = indexed.filter(({ FieldURI }) => FieldURI === headerUri).map(({ FieldIndex }) => FieldIndex);
  for (const { FieldURI = '' } of indexed) asked.add(`contacts:${listOf(FieldURI)}`);
  const extended = paths.filter((path) => path.name === 'ExtendedFieldURI').map(readExtendedField);
  const bodyType = (textOf(find(shape, 'BodyType')) ?? 'Best') as BodyChoice;
  const parts = (properties: readonly ItemProperty[]) =>
    properties.flatMap((property) => {
      const { uri } = property;
      const isGiven = gives(base, property.shape) && hasProperty(version, uri);
      const isWanted = (isGiven || asked.has(uri)) && isShown(property, use);
      const own = isWanted ? [propertyPart(property, use, bodyType)] : [];
      if (uri === 'item:InternetMessageHeaders' && !isWanted && headers.length > 0) own.push(headersPart(headers, use));
      if (uri === lastBeforeExtended) own.push(...extended.map((field) => extendedPart(field, use)));
      return own;
    });
  const byKind = new Map<ItemKind | undefined, readonly ItemPart[]>();
  return (kind) => {
    const known = byKind.get(kind) ?? parts(propertiesOf(kind));
    byKind.set(kind, known);
    return known;
  };
}

const headerUri = 'item:InternetMessageHeader';

/** Whether a shape names the MIME content, in either way. */
export function asksForMime(shape: XmlElement | undefined): boolean {
  const paths = childElements(find(shape, 'AdditionalProperties'));
  return (
    isTrue(textOf(find(shape, 'IncludeMimeContent'))) ||
    paths.some(({ attributes }) => attributes['FieldURI'] === 'item:MimeContent')
  );
}

/** Writes an item as its `t:Message`, `t:CalendarItem` ... */
export async function renderItem(message: StoredMessage, shape: ItemShape): Promise<XmlNode> {
  const nodes: (XmlNode | undefined)[] = [];
  for (const part of shape(kindOf(message))) nodes.push(await part(message));
  return xml(elementOf(message), {}, nodes);
}

/** @throws EwsError a fault, where there is no such field in the schema */
export function fieldUri(path: XmlElement): string {
  const uri = path.attributes['FieldURI'] ?? '';
  const isKnown = itemPropertyByUri.has(uri) || otherFields.test(uri);
  if (!isKnown) throw schemaViolation(`The 'FieldURI' attribute is invalid - The value '${uri}' is invalid.`);
  return uri;
}

const otherFields =
  /^(?:item|message|folder|calendar|task|contacts|meeting|meetingRequest|distributionlist|postitem|conversation|persona):[A-Za-z]\w*$/;

/** The schema puts extended properties right after this one. */
const lastBeforeExtended = 'item:HasAttachments';

function isShown({ uri, detail }: ItemProperty, use: ShapeUse): boolean {
  if (use === 'attachment') return uri !== 'item:ItemId' && uri !== 'item:ParentFolderId';
  return use === 'item' || !detail;
}

function propertyPart(property: ItemProperty, use: ShapeUse, bodyType: BodyChoice): ItemPart {
  const { render } = property;
  if (render) return (message) => render(message, bodyType);
  return async (message) => {
    const value = await property.read(message);
    return value === undefined || isTexts(value)
      ? undefined
      : xml(elementName(property.uri), {}, cut(writeValue(value), use));
  };
}

function headersPart(names: readonly (string | undefined)[], use: ShapeUse): ItemPart {
  const wanted = new Set(names.map((name) => name?.toLowerCase()));
  return ({ source }) => {
    const fields = headerFields(source).filter(({ name }) => wanted.has(name.toLowerCase()));
    const nodes = fields.map(({ name, value }) =>
      xml('t:InternetMessageHeader', { HeaderName: name }, cut(value, use)),
    );
    return nodes.length > 0 ? xml('t:InternetMessageHeaders', {}, nodes) : undefined;
  };
}

function extendedPart(field: ExtendedField, use: ShapeUse): ItemPart {
  return async (message) => {
    const value = await readMapiProperty(field, message);
    if (value === undefined) return undefined;
    const values = isTexts(value)
      ? xml(
          't:Values',
          {},
          value.map((member) => xml('t:Value', {}, cut(member, use))),
        )
      : xml('t:Value', {}, cut(writeValue(value), use));
    return xml('t:ExtendedProperty', {}, xml('t:ExtendedFieldURI', field.attributes), values);
  };
}

function cut(text: string, use: ShapeUse): string {
  return use === 'listing' ? text.slice(0, 255) : text;
}

function isTexts(value: Value): value is readonly string[] {
  return Array.isArray(value);
}
