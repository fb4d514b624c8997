import type { PropertyDefinitionBase, SearchFilter, SortDirection } from 'ews-javascript-api';
import type { CallOptions, Folder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { escapeXml } from './escape-xml.js';
import { foundItems } from './read-items.js';
import type { XmlElement } from './xml-tree.js';

export interface Listing extends CallOptions {
  readonly properties: readonly PropertyDefinitionBase[];
  readonly filter?: SearchFilter | undefined;
  readonly sort: readonly [PropertyDefinitionBase, SortDirection];
  readonly count: number;
  readonly offset?: number;
}

/** One page of a folder's items (FindItem), in the order asked. */
export function listItems(session: EwsSession, folder: Folder, listing: Listing): Promise<readonly XmlElement[]> {
  const { BasePropertySet, FolderId, ItemView, PropertySet } = session.library;
  const { properties, filter, sort, count, offset = 0, signal } = listing;
  const view = new ItemView(count, offset);
  view.PropertySet = new PropertySet(BasePropertySet.IdOnly, [...properties]);
  view.OrderBy.Add(...sort);
  const id = new FolderId(escapeXml(folder.id));
  const operation = { operation: `listing the folder ${folder.name}`, repeatable: true, signal };
  return session.ask(operation, foundItems, (service) =>
    filter ? service.FindItems(id, filter, view) : service.FindItems(id, view),
  );
}
