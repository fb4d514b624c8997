/** A folder that holds something else than mail people read: EWS shows it, and IMAP and Graph's mailFolders do not. */
export interface OtherFolder {
  /** Its distinguished ID in EWS. */
  readonly id: string;
  readonly name: string;
  readonly folderClass: string;
  /** Whose child it is: the top that people see, the root above that, or another of these folders. */
  readonly parent: string;
}

const mail = 'IPF.Note';

/** Those that every account has, each after its parent. */
export const otherFolders: readonly OtherFolder[] = [
  { id: 'calendar', name: 'Calendar', folderClass: 'IPF.Appointment', parent: 'msgfolderroot' },
  { id: 'contacts', name: 'Contacts', folderClass: 'IPF.Contact', parent: 'msgfolderroot' },
  { id: 'tasks', name: 'Tasks', folderClass: 'IPF.Task', parent: 'msgfolderroot' },
  { id: 'notes', name: 'Notes', folderClass: 'IPF.StickyNote', parent: 'msgfolderroot' },
  { id: 'journal', name: 'Journal', folderClass: 'IPF.Journal', parent: 'msgfolderroot' },
  { id: 'outbox', name: 'Outbox', folderClass: mail, parent: 'msgfolderroot' },
  { id: 'conversationhistory', name: 'Conversation History', folderClass: mail, parent: 'msgfolderroot' },
  { id: 'recipientcache', name: 'Recipient Cache', folderClass: 'IPF.Contact.RecipientCache', parent: 'contacts' },
  {
    id: 'quickcontacts',
    name: 'Skype for Business Contacts',
    folderClass: 'IPF.Contact.MOC.QuickContacts',
    parent: 'contacts',
  },
  { id: 'imcontactlist', name: 'IM Contact List', folderClass: 'IPF.Contact.MOC.ImContactList', parent: 'contacts' },
  { id: 'syncissues', name: 'Sync Issues', folderClass: mail, parent: 'msgfolderroot' },
  { id: 'conflicts', name: 'Conflicts', folderClass: mail, parent: 'syncissues' },
  { id: 'localfailures', name: 'Local Failures', folderClass: mail, parent: 'syncissues' },
  { id: 'serverfailures', name: 'Server Failures', folderClass: mail, parent: 'syncissues' },
  { id: 'searchfolders', name: 'Finder', folderClass: mail, parent: 'root' },
  { id: 'todosearch', name: 'To-Do Search', folderClass: 'IPF.Task', parent: 'root' },
  { id: 'recoverableitemsroot', name: 'Recoverable Items', folderClass: mail, parent: 'root' },
  { id: 'recoverableitemsdeletions', name: 'Deletions', folderClass: mail, parent: 'recoverableitemsroot' },
  { id: 'recoverableitemsversions', name: 'Versions', folderClass: mail, parent: 'recoverableitemsroot' },
  { id: 'recoverableitemspurges', name: 'Purges', folderClass: mail, parent: 'recoverableitemsroot' },
];
