/** The part a folder plays, whatever its name. */
export type FolderRole = 'inbox' | 'sentitems' | 'drafts' | 'deleteditems' | 'junkemail' | 'archive';

/** The folders that every account has, and their names. */
export const standardFolders: readonly (readonly [FolderRole, string])[] = [
  ['inbox', 'Inbox'],
  ['sentitems', 'Sent Items'],
  ['drafts', 'Drafts'],
  ['deleteditems', 'Deleted Items'],
  ['junkemail', 'Junk Email'],
  ['archive', 'Archive'],
];
