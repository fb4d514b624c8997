import type { Account, StoredFolder } from '../../store/store.js';
import { itemNotFound } from '../graph-error.js';
import { readFolderId } from '../ids.js';

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
  const standard = account.folders.find(({ role }) => role === name);
  if (standard) return standard;
  if (name === 'msgfolderroot') return account.root;
  if (absent.has(name)) throw itemNotFound(`${notFoundInStore}, Default folder ${idOrName} not found.`);
  const folder = account.folderById(readFolderId(idOrName));
  if (!folder) throw itemNotFound(`${notFoundInStore}, The process failed to get the correct properties.`);
  return folder;
}

export function childrenOf(folder: StoredFolder): StoredFolder[] {
  return folder.account.folders.filter(({ parent }) => parent === folder);
}

const notFoundInStore = 'The specified object was not found in the store.';
