import { readMapiProperty } from '../../message/mapi-properties.js';
import { headerValues } from '../../message/mime-header.js';
import type { Value } from '../../message/value.js';
import type { StoredMessage } from '../../store/store.js';
import { itemPropertyByUri } from '../items/all-properties.js';
import { EwsError } from '../ews-error.js';
import { readExtendedField } from '../items/extended-properties.js';
import { fieldUri } from '../items/item-shape.js';
import { entryText } from '../items/kind-fields.js';
import type { XmlElement } from '../xml.js';

/** What Exchange makes when it shows an item, so that nothing is found and sorted by it. */
const computed = new Set([
  'item:Attachments',
  'item:EffectiveRights',
  'item:InternetMessageHeaders',
  'item:MimeContent',
  'item:NormalizedBody',
  'item:ResponseObjects',
  'item:TextBody',
  'item:UniqueBody',
]);

/** Finds out how to read what a path names of a message. @throws EwsError `refusal` where Exchange can't */
export function messageValue(
  path: XmlElement,
  refusal = 'ErrorUnsupportedPathForQuery',
): (message: StoredMessage) => Value | Promise<Value> {
  if (path.name === 'ExtendedFieldURI') {
    const field = readExtendedField(path);
    return (message) => readMapiProperty(field, message);
  }
  if (path.name === 'IndexedFieldURI') return indexedValue(path);
  const uri = fieldUri(path);
  if (computed.has(uri)) throw new EwsError(refusal);
  const property = itemPropertyByUri.get(uri);
  return property ? (message) => property.read(message) : () => undefined;
}

function indexedValue({ attributes }: XmlElement): (message: StoredMessage) => Value {
  const { FieldURI = '', FieldIndex = '' } = attributes;
  if (FieldURI === 'item:InternetMessageHeader') return ({ source }) => headerValues(source, FieldIndex)[0];
  if (!FieldURI.startsWith('contacts:')) throw new EwsError('ErrorInvalidPropertyRequest');
  return ({ properties }) => entryText(properties, FieldURI, FieldIndex);
}
