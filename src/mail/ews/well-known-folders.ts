import type { WellKnownFolder } from '../transport.js';
import type { EwsSession, Library } from './ews-session.js';
import type { FolderId } from 'ews-javascript-api';
import { escapeXml } from './escape-xml.js';
import { wellKnownNames } from './well-known-names.js';

/** One of the folders that every mailbox has, in this mailbox: for a delegate it has to be named. */
export function wellKnownFolder(library: Library, session: EwsSession, folder: WellKnownFolder | 'top'): FolderId {
  const { FolderId: Id, Mailbox, WellKnownFolderName } = library;
  const name = WellKnownFolderName[wellKnownNames[folder]];
  const id = session.owner === undefined ? new Id(name) : new Id(name, new Mailbox(escapeXml(session.owner)));
  // The library takes it for newer than any server; Exchange 2016's schema has it.
  return folder === 'archive' ? Object.assign(id, { Validate() {} }) : id;
}
