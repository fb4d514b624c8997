import type { ImapFlow, ListResponse } from 'imapflow';
import { describeFolder, folderNotFound } from '../folder-path.js';
import type { CallOptions, Folder, FolderPath, WellKnownFolder } from '../transport.js';
import type { ImapSession } from './imap-session.js';

/** RFC 6154. Where the server names no uses, the library goes by the usual names, in many languages. */
const uses: Readonly<Record<WellKnownFolder, string>> = {
  inbox: '\\Inbox',
  sentitems: '\\Sent',
  drafts: '\\Drafts',
  deleteditems: '\\Trash',
  junkemail: '\\Junk',
  archive: '\\Archive',
};

/** Every server has it, by this name: RFC 9051 section 5.1. */
const inbox: Folder = { id: 'INBOX', name: 'INBOX' };

/** Looks a folder up. @throws FOLDER_NOT_FOUND */
export async function findFolder(
  session: ImapSession,
  path: FolderPath,
  { signal }: CallOptions = {},
): Promise<Folder> {
  if (path === 'inbox') return inbox;
  const operation = { operation: `looking up the folder ${describeFolder(path)}`, signal };
  return await session.run(operation, async (client) => {
    const listed = await client.list();
    const folders = listed.filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
    const found = typeof path === 'string' ? wellKnown(folders, path) : named(client, folders, path);
    if (!found) {
      const present = folders.map((folder) => ({ name: describeFolder(namesOf(folder)) }));
      throw folderNotFound(path, session.address, { present });
    }
    return { id: found.path, name: found.name };
  });
}

function wellKnown(folders: readonly ListResponse[], name: WellKnownFolder): ListResponse | undefined {
  return folders.find(({ specialUse }) => specialUse !== undefined && specialUse === uses[name]);
}

/** As it is spelt, else in any case, as Exchange compares. Name by name: one may hold what separates them elsewhere. */
function named(client: ImapFlow, folders: readonly ListResponse[], names: readonly string[]): ListResponse | undefined {
  const prefix = (client.namespace?.prefix ?? '').split(client.namespace?.delimiter ?? '/').filter(Boolean);
  const wanted = [names, [...prefix, ...names]].map((path) => JSON.stringify(path));
  return (
    folders.find((folder) => wanted.includes(JSON.stringify(namesOf(folder)))) ??
    folders.find((folder) =>
      wanted.some((path) => path.toLowerCase() === JSON.stringify(namesOf(folder)).toLowerCase()),
    )
  );
}

function namesOf({ parent, name }: ListResponse): string[] {
  return [...parent, name];
}
