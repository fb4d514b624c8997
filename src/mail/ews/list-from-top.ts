import type { Folder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { listItems, type Listing } from './list-items.js';
import { itemId } from './read-items.js';
import type { XmlElement } from './xml-tree.js';

const pageCount = 500;
/** So often a folder is read that changes while it is. */
const mostTries = 5;

/**
 * A folder's items in descending order, down to the first that is known. Each page begins with the last item of the one
 * before: where it does not, others have left the folder meanwhile, and what took their places may be missing.
 */
export async function listFromTop(
  session: EwsSession,
  folder: Folder,
  { isKnown, ...listing }: Omit<Listing, 'count' | 'offset'> & { readonly isKnown: (item: XmlElement) => boolean },
): Promise<XmlElement[]> {
  for (let tries = 1; ; tries++) {
    const all = new Map<string, XmlElement>();
    for (let offset = 0, last: string | undefined; ; offset += pageCount - 1) {
      const page = await listItems(session, folder, { ...listing, count: pageCount, offset });
      const ids = page.map(itemId);
      if (last !== undefined && !ids.includes(last) && tries < mostTries) break;
      const end = page.findIndex(isKnown);
      for (const [index, item] of page.slice(0, end < 0 ? page.length : end).entries()) all.set(ids[index]!, item);
      if (end >= 0 || page.length < pageCount) return [...all.values()];
      last = ids.at(-1);
    }
  }
}
