import { attendToMeetings } from '../calendar/calendar-attendant.js';
import type { Account, MailStore, StoredFolder } from '../store/store.js';
import type { SeedMail } from './seed-mail.js';

/** Puts mails where they belong; folders that are not there are made. */
export function plantSeed(store: MailStore, mails: readonly SeedMail[]): void {
  attendToMeetings(store);
  for (const { recipients, path, source, receivedAt } of mails)
    for (const recipient of recipients) {
      const folder = folderAt(store.account(recipient), path);
      const isSent = folder.role === 'sentitems' || folder.role === 'drafts';
      folder.add(
        { source, receivedAt, ...(isSent ? { flags: ['\\Seen'] } : { recipient }) },
        { by: isSent ? 'creation' : 'delivery' },
      );
    }
}

function folderAt(account: Account, [top, ...below]: readonly string[]): StoredFolder {
  if (top === undefined) return account.folder('inbox');
  const standard = account.folders.find(({ role }) => role === top.toLowerCase());
  const first = standard ?? childOf(account, top, account.root);
  return below.reduce((parent, name) => childOf(account, name, parent), first);
}

function childOf(account: Account, name: string, parent: StoredFolder): StoredFolder {
  const isIt = (folder: StoredFolder) => folder.parent === parent && folder.name.toLowerCase() === name.toLowerCase();
  return account.folders.find(isIt) ?? account.createFolder(name, parent);
}
