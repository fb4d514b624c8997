import type { CallOptions, Folder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { foundItems } from './read-items.js';
import { findItem, type FindItem } from './requests.js';
import type { XmlElement } from './xml-tree.js';

export type Listing = FindItem & CallOptions;

/** One page of a folder's items (FindItem), in the order asked. */
export function listItems(session: EwsSession, folder: Folder, listing: Listing): Promise<readonly XmlElement[]> {
  const { signal } = listing;
  const operation = { operation: `listing the folder ${folder.name}`, repeatable: true, signal };
  return session.ask(operation, findItem(folder, listing), foundItems);
}
