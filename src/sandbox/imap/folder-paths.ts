import type { Account, FolderRole, StoredFolder } from '../store/store.js';
import { decodeUtf7, encodeUtf7 } from './utf7.js';
import { string } from './format.js';
import { no } from './refusal.js';

/** What parts the names in a folder's path. */
export const delimiter = '/';

/** What a folder is for (RFC 6154). */
export const specialUses: Readonly<Partial<Record<FolderRole, string>>> = {
  sentitems: '\\Sent',
  drafts: '\\Drafts',
  deleteditems: '\\Trash',
  junkemail: '\\Junk',
  archive: '\\Archive',
};

/** A folder's names from the top, joined; the inbox is `INBOX`. */
export function pathOf(folder: StoredFolder): string {
  const name = folder.role === 'inbox' ? 'INBOX' : folder.name;
  const parent = folder.parent;
  return parent && parent !== folder.account.root ? pathOf(parent) + delimiter + name : name;
}

/** A path as answers show it. */
export function wirePath(path: string): string {
  return string(encodeUtf7(path));
}

/** A path as a command gives it. */
export function readPath(wire: string): string {
  const path = decodeUtf7(wire);
  return path.replace(/^inbox(?=\/|$)/i, 'INBOX');
}

/** All folders but the root. */
export function foldersOf(account: Account): StoredFolder[] {
  return account.folders.filter((folder) => folder !== account.root);
}

export function findFolder(account: Account, path: string): StoredFolder | undefined {
  return foldersOf(account).find((folder) => pathOf(folder) === path);
}

/** @throws Refusal NO where there is none */
export function folderAt(account: Account, path: string, code = 'NONEXISTENT'): StoredFolder {
  const folder = findFolder(account, path);
  if (!folder) throw no(`${encodeUtf7(path)} doesn't exist.`, code);
  return folder;
}

/** The folder that a path's last name goes into, made where it is missing, and that name. */
export function makeRoom(account: Account, path: string): { readonly parent: StoredFolder; readonly name: string } {
  const names = path.split(delimiter);
  const name = names.pop() ?? '';
  if (name === '' || names.includes('')) throw no('The folder name is invalid.', 'CANNOT');
  let parent = account.root;
  for (const [index, each] of names.entries()) {
    const above = findFolder(account, names.slice(0, index + 1).join(delimiter));
    parent = above ?? account.createFolder(each, parent);
  }
  return { parent, name };
}
