import type { Item, PropertyDefinitionBase, SearchFilter, SortDirection } from 'ews-javascript-api';
import type { CallOptions, Folder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { escapeXml } from './escape-xml.js';

export interface Listing {
  readonly properties: readonly PropertyDefinitionBase[];
  readonly filter?: SearchFilter | undefined;
  readonly sort: readonly [PropertyDefinitionBase, SortDirection];
  readonly count: number;
  readonly offset?: number;
}

/** One page of a folder's items (FindItem). */
export async function listItems(
  session: EwsSession,
  folder: Folder,
  { properties, filter, sort, count, offset = 0, signal }: Listing & CallOptions,
): Promise<Item[]> {
  const { BasePropertySet, FolderId, ItemView, PropertySet } = session.library;
  const view = new ItemView(count, offset);
  view.PropertySet = new PropertySet(BasePropertySet.IdOnly, [...properties]);
  view.OrderBy.Add(...sort);
  const id = new FolderId(escapeXml(folder.id));
  const operation = { operation: `listing the folder ${folder.name}`, repeatable: true, signal };
  const { Items } = await session.call(operation, (service) =>
    filter ? service.FindItems(id, filter, view) : service.FindItems(id, view),
  );
  return Items;
}
