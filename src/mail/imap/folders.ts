import type { ImapFlow, ListResponse } from 'imapflow';
import { ExchangeError } from '../../errors.js';
import type { CallOptions, Folder, FolderPath, WellKnownFolder } from '../transport.js';
import type { ImapSession } from './imap-session.js';

/** RFC 6154. Where the server names no uses, the library goes by the usual names, in many languages. */
const uses: Readonly<Record<WellKnownFolder, string>> = {
  inbox: '\\Inbox',
  sentitems: '\\Sent',
  drafts: '\\Drafts',
  deleteditems: '\\Trash',
  junkemail: '\\Junk',
};

/** Looks a folder up. @throws FOLDER_NOT_FOUND */
export async function findFolder(
  session: ImapSession,
  path: FolderPath,
  { signal }: CallOptions = {},
): Promise<Folder> {
  const wanted = typeof path === 'string' ? path : path.join(' / ');
  const operation = { operation: `looking up the folder ${wanted}`, signal };
  return await session.run(operation, async (client) => {
    const listed = await client.list();
    const folders = listed.filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
    const found = typeof path === 'string' ? wellKnown(folders, path) : named(client, folders, path);
    if (!found) throw notFound(session, wanted, folders);
    return { id: found.path, name: found.name };
  });
}

function wellKnown(folders: readonly ListResponse[], name: WellKnownFolder): ListResponse | undefined {
  return folders.find(({ specialUse }) => specialUse === uses[name]);
}

/** As it is spelt, else in any case, as Exchange compares. */
function named(client: ImapFlow, folders: readonly ListResponse[], names: readonly string[]): ListResponse | undefined {
  const prefix = client.namespace?.prefix ?? '';
  const path = names.join(client.namespace?.delimiter ?? '/');
  const candidates = [path, prefix + path];
  return (
    folders.find((folder) => candidates.includes(folder.path)) ??
    folders.find((folder) => candidates.some((candidate) => candidate.toLowerCase() === folder.path.toLowerCase()))
  );
}

function notFound(session: ImapSession, wanted: string, folders: readonly ListResponse[]): ExchangeError {
  const summary = `the folder ${wanted} in the mailbox ${session.address} does not exist`;
  const paths = folders.map(({ parent, name }) => [...parent, name].join(' / '));
  return new ExchangeError('FOLDER_NOT_FOUND', summary, { advice: [`there are ${paths.slice(0, 30).join(', ')}`] });
}
