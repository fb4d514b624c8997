import type { EwsServiceXmlWriter, ExtendedPropertyDefinition } from 'ews-javascript-api';
import type { Library } from './ews-session.js';

/**
 * An integer property by its tag, as [MS-OXPROPS] lists them. It writes itself: the library's own writing calls
 * `util.isNullOrUndefined`, which Node has no more since version 23.
 */
export function taggedProperty(
  { ExtendedPropertyDefinition: Definition, MapiPropertyType }: Library,
  tag: number,
): ExtendedPropertyDefinition {
  class TaggedProperty extends Definition {
    WriteAttributesToXml(writer: EwsServiceXmlWriter): void {
      writer.WriteAttributeValue('PropertyTag', tag);
      writer.WriteAttributeValue('PropertyType', 'Integer');
    }
  }
  return new TaggedProperty(tag, MapiPropertyType.Integer);
}
