import { schemaViolation } from '../ews-error.js';
import { internetHeaders, tagKey, type MapiProperty } from '../../message/mapi-properties.js';
import { textOf, type XmlElement } from '../xml.js';

/** What an ExtendedFieldURI names. */
export interface ExtendedField extends MapiProperty {
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
    key: tag === undefined ? `${set}/${name!.toLowerCase()}` : tagKey(tag),
    tag,
    header: set === 'internetheaders' || set === internetHeaders ? PropertyName : undefined,
    type: PropertyType.replace(/Array$/, ''),
    isArray: PropertyType.endsWith('Array'),
    attributes: tag === undefined ? uri.attributes : { PropertyTag: tagKey(tag), PropertyType },
  };
}

/** The text of an ExtendedProperty's `Value`, or the texts of its `Values`. */
export function extendedText(value: XmlElement): string | string[] {
  if (value.name === 'Value') return textOf(value);
  return value.children.filter((child) => typeof child !== 'string').map((child) => textOf(child));
}
