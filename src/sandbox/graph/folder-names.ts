import type { Account, FolderRole, StoredFolder } from '../store/store.js';
import { itemNotFound } from './graph-error.js';
import { readFolderId } from './ids.js';

const roles: readonly FolderRole[] = ['inbox', 'sentitems', 'drafts', 'deleteditems', 'junkemail'];

/** Well-known folders that Exchange makes only when they are needed, and the sandbox never. */
const absent = new Set([
  'clutter',
  'conflicts',
  'conversationhistory',
  'localfailures',
  'outbox',
  'recoverableitemsdeletions',
  'scheduled',
  'searchfolders',
  'serverfailures',
  'syncissues',
]);

/**
 * The folder that an id or a well-known name stands for.
 * https://learn.microsoft.com/graph/api/resources/mailfolder
 * @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound
 */
export function findFolder(account: Account, idOrName: string): StoredFolder {
  const name = idOrName.toLowerCase();
  const role = roles.find((each) => each === name);
  if (role) return account.folder(role);
  if (name === 'msgfolderroot') return account.root;
  if (name === 'archive') return archiveOf(account);
  if (absent.has(name)) throw itemNotFound(`${notFoundInStore}, Default folder ${idOrName} not found.`);
  const folder = account.folderById(readFolderId(idOrName));
  if (!folder) throw itemNotFound(`${notFoundInStore}, The process failed to get the correct properties.`);
  return folder;
}

export function childrenOf(folder: StoredFolder): StoredFolder[] {
  return folder.account.folders.filter(({ parent }) => parent === folder);
}

const notFoundInStore = 'The specified object was not found in the store.';

/** Made when it is first asked for. */
function archiveOf(account: Account): StoredFolder {
  return childrenOf(account.root).find(({ name }) => name === 'Archive') ?? account.createFolder('Archive');
}
