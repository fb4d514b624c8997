import type { Account, StoredFolder } from '../../store/store.js';
import type { Command } from '../command.js';
import type { CommandParser } from '../command-parser.js';
import { delimiter, findFolder, folderAt, foldersOf, makeRoom, pathOf, readPath } from '../folder-paths.js';
import { no } from '../refusal.js';

export const create: Command = {
  state: 'authenticated',
  run({ account }, args) {
    // A delimiter at the end says that folders will go into it.
    const path = readName(args).replace(/\/$/, '');
    args.end();
    createAt(account, path);
  },
};

export const remove: Command = {
  state: 'authenticated',
  run({ account }, args) {
    const folder = folderAt(account, readName(args));
    args.end();
    if (folder.role) throw no('Deletion of a system folder is not allowed.', 'CANNOT');
    if (foldersOf(account).some(({ parent }) => parent === folder))
      throw no('The folder has folders in it.', 'HASCHILDREN');
    account.removeFolder(folder);
  },
};

export const rename: Command = {
  state: 'authenticated',
  run({ account }, args) {
    const folder = folderAt(account, readName(args));
    const path = readName(args);
    args.end();
    if (folder.role === 'inbox') return moveAll(folder, createAt(account, path));
    if (folder.role) throw no('Renaming a system folder is not allowed.', 'CANNOT');
    refuseTaken(account, path);
    if (path.startsWith(pathOf(folder) + delimiter)) throw no('A folder cannot go into itself.', 'CANNOT');
    const { parent, name } = makeRoom(account, path);
    folder.rename(name, parent);
  },
};

export const subscribe: Command = {
  state: 'authenticated',
  run({ account }, args) {
    const folder = folderAt(account, readName(args));
    args.end();
    folder.isSubscribed = true;
  },
};

export const unsubscribe: Command = {
  state: 'authenticated',
  run({ account }, args) {
    const folder = folderAt(account, readName(args));
    args.end();
    folder.isSubscribed = false;
  },
};

function readName(args: CommandParser): string {
  args.space();
  return readPath(args.astring());
}

function createAt(account: Account, path: string): StoredFolder {
  refuseTaken(account, path);
  const { parent, name } = makeRoom(account, path);
  return account.createFolder(name, parent);
}

function refuseTaken(account: Account, path: string): void {
  if (findFolder(account, path)) throw no('The folder exists already.', 'ALREADYEXISTS');
}

/** RFC 3501 section 6.3.5: the inbox stays, empty. */
function moveAll(from: StoredFolder, to: StoredFolder): void {
  for (const message of from.above(0)) from.move(message, to);
}
