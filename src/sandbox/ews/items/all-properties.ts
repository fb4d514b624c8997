import { itemKinds, type ItemKind } from './item-kinds.js';
import { itemProperties, type ItemProperty } from './item-properties.js';
import { kindProperties } from './kind-fields.js';

const common = itemProperties.filter(({ uri }) => uri.startsWith('item:') && uri !== 'item:MimeContent');

/** What a post has of mail, before its own and after it. */
const [beforePosted, afterPosted] = [
  ['message:ConversationTopic', 'message:From', 'message:InternetMessageId', 'message:IsRead'],
  ['message:References', 'message:Sender'],
].map((uris) => itemProperties.filter(({ uri }) => uris.includes(uri)));

const byKind = new Map(itemKinds.map((kind) => [kind, withCommon(kind)]));

/** Every property of a kind of item, in the order in which the schema wants them written; of mail, where none is given. */
export function propertiesOf(kind: ItemKind | undefined): readonly ItemProperty[] {
  return (kind && byKind.get(kind)) ?? itemProperties;
}

export const itemPropertyByUri: ReadonlyMap<string, ItemProperty> = new Map(
  [...itemProperties, ...[...byKind.values()].flat()].map((property) => [property.uri, property]),
);

function withCommon(kind: ItemKind): readonly ItemProperty[] {
  const own = kindProperties(kind);
  if (kind.element === 'PostItem') return [...common, ...(beforePosted ?? []), ...own, ...(afterPosted ?? [])];
  return [...(kind.home === undefined ? itemProperties : common), ...own];
}
