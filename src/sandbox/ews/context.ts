import { occurrenceItem, readOccurrenceId } from '../calendar/occurrence-item.js';
import { occurrenceAt } from '../calendar/occurrences.js';
import { EwsError, schemaViolation } from './ews-error.js';
import { folderByDistinguishedId, folderById, type EwsFolder } from './folders/folder-tree.js';
import { readId } from './ids.js';
import type { SchemaVersion } from './schema-version.js';
import type { Subscriptions } from './notifications/subscriptions.js';
import { childElements, find, textOf, type XmlElement, type XmlNode } from './xml.js';
import type { Faults } from '../faults.js';
import type { Account, MailStore, StoredFolder, StoredMessage } from '../store/store.js';

/** What an operation works with. */
export interface RequestContext {
  readonly store: MailStore;
  readonly faults: Faults;
  /** The mailbox of who signed in, or the one that is impersonated. */
  readonly account: Account;
  readonly subscriptions: Subscriptions;
  /** The version of the schema that the client speaks. */
  readonly version: SchemaVersion;
  /** The zone whose clock the request goes by, where it says so. */
  readonly timeZone: string | undefined;
}

/** Answers one operation's request with its response. */
export type Operation = (request: XmlElement, context: RequestContext) => Promise<XmlNode>;

/** @throws EwsError a fault, where the address is none */
export function accountOf(store: MailStore, address: string): Account {
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new EwsError('ErrorNonExistentMailbox', { fault: true });
  return store.account(address);
}

/** The folder that a FolderId or DistinguishedFolderId names. */
export function resolveFolder(idElement: XmlElement, context: RequestContext): EwsFolder {
  const folder =
    idElement.name === 'DistinguishedFolderId' ? distinguished(idElement, context) : known(readId(idElement), context);
  if (!folder) throw new EwsError('ErrorFolderNotFound');
  return folder;
}

/** As {@link resolveFolder}, for what only a folder with mail in it can do. */
export function resolveMailFolder(idElement: XmlElement, context: RequestContext): StoredFolder {
  const folder = resolveFolder(idElement, context);
  if (!folder.stored) throw new EwsError('ErrorInvalidFolderTypeForOperation');
  return folder.stored;
}

/** Where a request moves or copies to. What is wrong with that folder is an error of each that would go there. */
export function targetFolder(request: XmlElement, context: RequestContext): () => StoredFolder {
  const target = childElements(find(request, 'ToFolderId'))[0];
  if (!target) throw schemaViolation("The element 'ToFolderId' is missing.");
  return () => resolveMailFolder(target, context);
}

/** The message that an ItemId names, or the OccurrenceItemId or RecurringMasterItemId of an appointment. */
export function resolveMessage(idElement: XmlElement, context: RequestContext): StoredMessage {
  const { RecurringMasterId, OccurrenceId, InstanceIndex } = idElement.attributes;
  const Id = RecurringMasterId ?? OccurrenceId ?? idElement.attributes['Id'] ?? '';
  const id = readId({ ...idElement, attributes: { Id } });
  const occurrence = readOccurrenceId(id);
  const message = firstOf(context, (account) => account.messageById(occurrence?.masterId ?? id));
  if (!message) throw new EwsError('ErrorItemNotFound');
  const index = InstanceIndex === undefined ? occurrence?.index : Number(InstanceIndex);
  return index === undefined || OccurrenceId !== undefined ? message : occurrenceItemAt(message, index);
}

function occurrenceItemAt(master: StoredMessage, index: number): StoredMessage {
  const occurrence = occurrenceAt(master, index);
  if (occurrence === 'deleted') throw new EwsError('ErrorCalendarOccurrenceIsDeletedFromRecurrence');
  if (!occurrence) throw new EwsError('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange');
  return occurrenceItem(master, occurrence);
}

/** The ids that a container such as `ItemIds` or `ParentFolderIds` lists. */
export function listedIds(request: XmlElement, container: string): XmlElement[] {
  const ids = childElements(find(request, container));
  if (ids.length === 0) throw schemaViolation(`The element '${container}' has incomplete content.`);
  return ids;
}

/** Folders that Exchange knows, and that a mailbox without an archive, voice mail and social networks has not. */
const absentFolders = new Set(
  [
    'archiveroot archivemsgfolderroot archivedeleteditems archiveinbox archiverecoverableitemsroot',
    'archiverecoverableitemsdeletions archiverecoverableitemsversions archiverecoverableitemspurges',
    'archiverecoverableitemsdiscoveryholds recoverableitemsdiscoveryholds voicemail adminauditlogs mycontacts directory',
    'peopleconnect favorites mecontact personmetadata teamspaceactivity teamspacemessaging teamspaceworkitems scheduled',
    'orionnotes tagitems alltaggeditems allcategorizeditems externalcontacts teamchat teamchathistory yammerdata',
    'yammerroot yammerinbound yammeroutbound yammerfeeds kaizaladata messageingestion onedriveroot onedriverecylebin',
    'onedrivesystem onedrivevolume important starred',
  ].flatMap((line) => line.split(' ')),
);

/** Looks through the account first and then through every other: the sandbox lets anybody read all. */
export function firstOf<T>(context: RequestContext, look: (account: Account) => T | undefined): T | undefined {
  for (const account of [context.account, ...context.store.accounts]) {
    const found = look(account);
    if (found !== undefined) return found;
  }
  return undefined;
}

function distinguished(idElement: XmlElement, context: RequestContext): EwsFolder | undefined {
  const address = textOf(find(idElement, 'Mailbox', 'EmailAddress'));
  const account = address === undefined ? context.account : accountOf(context.store, address);
  const name = idElement.attributes['Id'];
  if (!name) throw schemaViolation("The required attribute 'Id' is missing.");
  const folder = folderByDistinguishedId(account, name);
  if (folder || absentFolders.has(name)) return folder;
  if (name === 'publicfoldersroot') throw new EwsError('ErrorNoPublicFolderReplicaAvailable');
  throw schemaViolation(`The 'Id' attribute is invalid - The value '${name}' is invalid.`);
}

function known(id: string, context: RequestContext): EwsFolder | undefined {
  return firstOf(context, (account) => folderById(account, id));
}
