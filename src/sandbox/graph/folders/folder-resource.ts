import type { StoredFolder } from '../../store/store.js';
import { childrenOf } from './folder-names.js';
import { folderId } from '../ids.js';
import { extendedName, readExpandedIds, type ExtendedProperty } from '../messages/extended-properties.js';
import { badRequest } from '../graph-error.js';
import type { EdmResource } from '../odata/edm.js';
import { parseExpand } from '../odata/expand.js';

type Reader = (folder: StoredFolder) => string | number | boolean | null;

const properties: Readonly<Record<string, Reader>> = {
  id: folderId,
  displayName: (folder) => (folder.parent ? folder.name : 'Top of Information Store'),
  parentFolderId: ({ parent }) => (parent ? folderId(parent) : null),
  childFolderCount: (folder) => childrenOf(folder).length,
  unreadItemCount: ({ unreadCount }) => unreadCount,
  totalItemCount: ({ messages }) => messages.length,
  sizeInBytes: ({ size }) => size,
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
export function renderFolder(
  folder: StoredFolder,
  select?: ReadonlySet<string>,
  extended: readonly ExtendedProperty[] = [],
): Record<string, unknown> {
  const names = Object.entries(properties).filter(([name]) => !select || name === 'id' || select.has(name));
  const found = extended.flatMap(({ id, tag }) => {
    const read = tag === undefined ? undefined : mapiProperties[tag];
    return read ? [{ id, value: String(read(folder)) }] : [];
  });
  return {
    ...Object.fromEntries(names.map(([name, read]) => [name, read(folder)])),
    ...(found.length > 0 && { [extendedName]: found }),
  };
}

/** PidTagArticleNumNext: the number that the next message in the folder gets. */
export const nextArticleNumberTag = 0x6751;

/** By their tags, as [MS-OXPROPS] lists them. */
const mapiProperties: Readonly<Record<number, Reader>> = {
  // PidTagContentCount
  0x3602: ({ messages }) => messages.length,
  [nextArticleNumberTag]: ({ uidNext }) => uidNext,
};

/** The properties of MAPI that an `$expand` names. @throws GraphError BadRequest */
export function readFolderExpand(expand: string | undefined): ExtendedProperty[] {
  return parseExpand(expand ?? '').flatMap(({ name, options }) => {
    if (name.toLowerCase() === extendedName.toLowerCase()) return readExpandedIds(options.get('$filter') ?? '');
    if (/^(?:childfolders|messages|messagerules)$/i.test(name)) return [];
    throw badRequest(`Could not find a property named '${name}' on type '${folderEdm.name}'.`);
  });
}
