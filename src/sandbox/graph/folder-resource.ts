import type { StoredFolder } from '../store/store.js';
import { childrenOf } from './folder-names.js';
import { folderId } from './ids.js';
import type { EdmResource } from './odata/edm.js';

type Reader = (folder: StoredFolder) => string | number | boolean | null;

const properties: Readonly<Record<string, Reader>> = {
  id: folderId,
  displayName: (folder) => (folder.parent ? folder.name : 'Top of Information Store'),
  parentFolderId: ({ parent }) => (parent ? folderId(parent) : null),
  childFolderCount: (folder) => childrenOf(folder).length,
  unreadItemCount: (folder) => folder.messages.filter(({ flags }) => !flags.has('\\Seen')).length,
  totalItemCount: ({ messages }) => messages.length,
  sizeInBytes: ({ messages }) => messages.reduce((sum, { source }) => sum + source.length, 0),
  isHidden: () => false,
};

export const folderEdm: EdmResource = {
  name: 'microsoft.graph.mailFolder',
  properties: new Set(Object.keys(properties)),
  filterable: new Map([
    ['displayName', 'string'],
    ['childFolderCount', 'number'],
    ['unreadItemCount', 'number'],
    ['totalItemCount', 'number'],
    ['isHidden', 'boolean'],
  ]),
};

/** A folder as JSON. https://learn.microsoft.com/graph/api/resources/mailfolder */
export function renderFolder(folder: StoredFolder, select?: ReadonlySet<string>): Record<string, unknown> {
  const names = Object.entries(properties).filter(([name]) => !select || name === 'id' || select.has(name));
  return Object.fromEntries(names.map(([name, read]) => [name, read(folder)]));
}
