import type { PropertyDefinitionBase } from 'ews-javascript-api';
import type { EwsSession, Operation } from './ews-session.js';
import { escapeXml } from './escape-xml.js';
import { gottenItems } from './read-items.js';
import type { XmlElement } from './xml-tree.js';

/** How Exchange says that an item was moved or deleted in the meantime. */
export const goneCodes = ['ErrorItemNotFound'];

/** Items by their ids, in the same order (GetItem); nothing in place of one that is gone. */
export function getItems(
  session: EwsSession,
  ids: readonly string[],
  { properties, ...operation }: Operation & { readonly properties: readonly PropertyDefinitionBase[] },
): Promise<(XmlElement | undefined)[]> {
  const { BasePropertySet, ItemId, PropertySet } = session.library;
  const shape = new PropertySet(BasePropertySet.IdOnly, [...properties]);
  const itemIds = ids.map((id) => new ItemId(escapeXml(id)));
  return session.ask({ ...operation, repeatable: true, tolerated: goneCodes }, gottenItems, (service) =>
    service.BindToItems(itemIds, shape),
  );
}
