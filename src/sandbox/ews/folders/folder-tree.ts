import { createHash } from 'node:crypto';
import type { Account, StoredFolder } from '../../store/store.js';

/**
 * A folder as EWS shows it. Above the top of what the store knows (`msgfolderroot`) Exchange has one
 * more: `root`, which holds no mail.
 */
export interface EwsFolder {
  readonly id: string;
  readonly name: string;
  readonly distinguishedId: string | undefined;
  readonly account: Account;
  /** What it is in the store; `root` is nothing there. */
  readonly stored: StoredFolder | undefined;
}

export function ewsFolder(stored: StoredFolder): EwsFolder {
  const isTop = stored === stored.account.root;
  return {
    id: stored.id,
    name: isTop ? 'Top of Information Store' : stored.name,
    distinguishedId: isTop ? 'msgfolderroot' : (stored.role ?? stored.otherId),
    account: stored.account,
    stored,
  };
}

export function rootFolder(account: Account): EwsFolder {
  const id = createHash('sha256').update(account.root.id).digest().subarray(0, 18).toString('base64');
  return { id, name: 'root', distinguishedId: 'root', account, stored: undefined };
}

export function folderById(account: Account, id: string): EwsFolder | undefined {
  const root = rootFolder(account);
  if (id === root.id) return root;
  const stored = account.folderById(id);
  return stored && ewsFolder(stored);
}

export function folderByDistinguishedId(account: Account, name: string): EwsFolder | undefined {
  if (name === 'root') return rootFolder(account);
  return allFolders(account)
    .map(ewsFolder)
    .find((folder) => folder.distinguishedId === name);
}

export function parentOf(folder: EwsFolder): EwsFolder {
  const parent = folder.stored?.parent;
  return parent ? ewsFolder(parent) : rootFolder(folder.account);
}

export function childrenOf(folder: EwsFolder): EwsFolder[] {
  return allFolders(folder.account)
    .filter(({ parent }) => parent === folder.stored)
    .map(ewsFolder);
}

function allFolders(account: Account): StoredFolder[] {
  return [...account.folders, ...account.otherFolders];
}

/** All folders below one, each after its parent. */
export function descendantsOf(folder: EwsFolder): EwsFolder[] {
  return childrenOf(folder).flatMap((child) => [child, ...descendantsOf(child)]);
}
