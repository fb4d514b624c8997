/** The folders that every mailbox has, as the library names them; on the wire they are in lower case. */
export const wellKnownNames = {
  inbox: 'Inbox',
  sentitems: 'SentItems',
  drafts: 'Drafts',
  deleteditems: 'DeletedItems',
  junkemail: 'JunkEmail',
  archive: 'Archive',
  top: 'MsgFolderRoot',
} as const;
