import { itemKinds, type ItemKind } from './item-kinds.js';
import { itemProperties, type ItemProperty } from './item-properties.js';
import { kindProperties } from './kind-fields.js';

const common = itemProperties.filter(({ uri }) => uri.startsWith('item:') && uri !== 'item:MimeContent');
const byKind = new Map(itemKinds.map((kind) => [kind, kindProperties(kind)]));

/** Every property of a kind of item, in the order in which the schema wants them written; of mail, where none is given. */
export function propertiesOf(kind: ItemKind | undefined): readonly ItemProperty[] {
  return kind ? [...common, ...(byKind.get(kind) ?? [])] : itemProperties;
}

export const itemPropertyByUri: ReadonlyMap<string, ItemProperty> = new Map(
  [...itemProperties, ...[...byKind.values()].flat()].map((property) => [property.uri, property]),
);
