import type { Account, StoredFolder } from '../../store/store.js';
import type { GraphContext } from '../context.js';
import { itemNotFound } from '../graph-error.js';
import { folderId, readFolderId } from '../ids.js';

/** A mailbox's calendars, its own first. */
export function calendars({ otherFolders }: Account): StoredFolder[] {
  return otherFolders.filter(({ folderClass }) => folderClass === 'IPF.Appointment');
}

/** The calendar that the path names, or the mailbox's own. @throws GraphError ErrorItemNotFound */
export function calendarOf({ account, parameters }: GraphContext): StoredFolder {
  const { calendar: id } = parameters;
  const wanted = id === undefined ? undefined : readFolderId(id);
  const found = calendars(account).find((folder) => (wanted === undefined ? folder.otherId : folder.id === wanted));
  if (!found) throw itemNotFound();
  return found;
}

/** A calendar as JSON. https://learn.microsoft.com/graph/api/resources/calendar */
export function renderCalendar(folder: StoredFolder): Record<string, unknown> {
  const { address } = folder.account;
  return {
    id: folderId(folder),
    name: folder.name,
    color: 'auto',
    hexColor: '',
    isDefaultCalendar: folder.otherId === 'calendar',
    changeKey: Buffer.from(folder.id).toString('base64').slice(0, 16),
    canShare: true,
    canViewPrivateItems: true,
    canEdit: true,
    allowedOnlineMeetingProviders: [],
    defaultOnlineMeetingProvider: 'unknown',
    isTallyingResponses: true,
    isRemovable: folder.otherId === undefined,
    owner: { name: address, address },
  };
}
