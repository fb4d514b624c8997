import { childrenOf, parentOf, type EwsFolder } from './folder-tree.js';
import type { BaseShape } from '../base-shape.js';
import { xml, type XmlNode } from '../xml.js';

export interface FolderProperty {
  readonly uri: string;
  readonly shape: BaseShape;
  read(folder: EwsFolder): string | number | undefined;
  render?(folder: EwsFolder): XmlNode;
}

/** Every property of a folder, in the order in which the schema wants them written. */
export const folderProperties: readonly FolderProperty[] = [
  { uri: 'folder:FolderId', shape: 'IdOnly', read: (folder) => folder.id, render: (folder) => folderIdNode(folder.id) },
  {
    uri: 'folder:ParentFolderId',
    shape: 'AllProperties',
    read: (folder) => parentOf(folder).id,
    render: (folder) => folderIdNode(parentOf(folder).id, 't:ParentFolderId'),
  },
  { uri: 'folder:FolderClass', shape: 'AllProperties', read: folderClass },
  { uri: 'folder:DisplayName', shape: 'Default', read: (folder) => folder.name },
  { uri: 'folder:TotalCount', shape: 'Default', read: (folder) => folder.stored?.messages.length ?? 0 },
  { uri: 'folder:ChildFolderCount', shape: 'Default', read: (folder) => childrenOf(folder).length },
  { uri: 'folder:DistinguishedFolderId', shape: 'AllProperties', read: (folder) => folder.distinguishedId },
  { uri: 'folder:UnreadCount', shape: 'Default', read: unreadCount },
];

/** The element that a folder is written as: by what it holds. */
export function folderElement({ stored, distinguishedId }: EwsFolder): string {
  if (distinguishedId === 'todosearch') return 'SearchFolder';
  const [, kind = ''] = /^IPF\.(Appointment|Contact|Task)/.exec(stored?.folderClass ?? '') ?? [];
  return elements[kind] ?? 'Folder';
}

const elements: Readonly<Record<string, string>> = {
  Appointment: 'CalendarFolder',
  Contact: 'ContactsFolder',
  Task: 'TasksFolder',
};

/** What a folder that a client makes holds, by its element. */
export function classOfElement(element: string): string | undefined {
  const [kind] = Object.entries(elements).find(([, name]) => name === element) ?? [];
  return kind && `IPF.${kind}`;
}

export const folderPropertyByUri: ReadonlyMap<string, FolderProperty> = new Map(
  folderProperties.map((property) => [property.uri, property]),
);

export function folderIdNode(id: string, name = 't:FolderId'): XmlNode {
  return xml(name, { Id: id, ChangeKey: 'AQAAAA==' });
}

function folderClass(folder: EwsFolder): string | undefined {
  const isTop = !folder.stored || folder.distinguishedId === 'msgfolderroot';
  return isTop ? undefined : folder.stored?.folderClass || undefined;
}

/** Those that the schema gives no count of unread items. */
const countless = new Set(['CalendarFolder', 'ContactsFolder']);

function unreadCount(folder: EwsFolder): number | undefined {
  if (countless.has(folderElement(folder))) return undefined;
  return folder.stored?.unreadCount ?? 0;
}
