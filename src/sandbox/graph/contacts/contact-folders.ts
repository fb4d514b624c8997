import type { Account, StoredFolder } from '../../store/store.js';
import type { GraphContext } from '../context.js';
import { itemNotFound } from '../graph-error.js';
import { folderId, readFolderId } from '../ids.js';

/** A mailbox's folders of contacts, its own first. */
export function contactFolders({ otherFolders }: Account): StoredFolder[] {
  return otherFolders.filter(({ folderClass }) => folderClass === 'IPF.Contact');
}

/** The folder that the path names, or the mailbox's own. @throws GraphError ErrorItemNotFound */
export function contactFolderOf({ account, parameters }: GraphContext): StoredFolder {
  const { contactfolder: id } = parameters;
  const isWanted = (folder: StoredFolder) =>
    id === undefined || id.toLowerCase() === 'contacts'
      ? folder.otherId === 'contacts'
      : folder.id === readFolderId(id);
  const found = contactFolders(account).find(isWanted);
  if (!found) throw itemNotFound();
  return found;
}

/** https://learn.microsoft.com/graph/api/resources/contactfolder */
export function renderContactFolder(folder: StoredFolder): object {
  const parentFolderId = folderId(folder.parent ?? folder.account.root);
  return { id: folderId(folder), displayName: folder.name, parentFolderId };
}
