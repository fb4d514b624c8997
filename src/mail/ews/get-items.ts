import type { Item, PropertyDefinitionBase } from 'ews-javascript-api';
import type { EwsSession, Operation } from './ews-session.js';
import { escapeXml } from './escape-xml.js';

/** Items by their ids, in the same order (GetItem); nothing in place of one that is gone. */
export async function getItems(
  session: EwsSession,
  ids: readonly string[],
  request: Operation & { readonly properties: readonly PropertyDefinitionBase[] },
): Promise<(Item | undefined)[]> {
  const { BasePropertySet, ItemId, PropertySet } = session.library;
  const { properties, ...operation } = request;
  const shape = new PropertySet(BasePropertySet.IdOnly, [...properties]);
  const itemIds = ids.map((id) => new ItemId(escapeXml(id)));
  const answers = await session.call({ ...operation, repeatable: true, tolerated: goneCodes }, (service) =>
    service.BindToItems(itemIds, shape),
  );
  return answers.Responses.map(({ Item: item }) => item ?? undefined);
}

/** How Exchange says that an item was moved or deleted in the meantime. */
export const goneCodes = ['ErrorItemNotFound'];
