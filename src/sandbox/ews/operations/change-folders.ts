import { answerEach } from '../soap.js';
import {
  listedIds,
  resolveFolder,
  resolveMailFolder,
  targetFolder,
  type Operation,
  type RequestContext,
} from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { folderIdShape, renderFolder } from '../folders/folder-shape.js';
import { childrenOf, descendantsOf, ewsFolder, type EwsFolder } from '../folders/folder-tree.js';
import { childElements, find, textOf, xml, type XmlElement, type XmlNode, isTrue } from '../xml.js';
import type { StoredFolder } from '../../store/store.js';

export const updateFolder: Operation = (request, context) =>
  answerEach(
    'UpdateFolder',
    listedIds(request, 'FolderChanges'),
    (change) => {
      const id = find(change, 'FolderId') ?? find(change, 'DistinguishedFolderId');
      if (!id) throw schemaViolation("The element 'FolderId' is missing.");
      const folder = own(id, context, 'ErrorInvalidOperation');
      for (const update of childElements(find(change, 'Updates'))) {
        updateField(folder, update);
      }
      return idOf(folder);
    },
    xml('m:Folders', {}),
  );

/** Fields that a client may set or take away, and that change nothing here. */
const ignored = new Set(['folder:FolderClass', 'folder:PermissionSet']);

function updateField(folder: StoredFolder, update: XmlElement): void {
  const [path, value] = childElements(update);
  if (ignored.has(path?.attributes['FieldURI'] ?? '')) return;
  const name = textOf(find(value, 'DisplayName'));
  if (update.name !== 'SetFolderField' || name === undefined) throw new EwsError('ErrorInvalidPropertySet');
  refuseTaken(ewsFolder(folder.parent ?? folder), name, folder);
  folder.rename(name, folder.parent ?? folder.account.root);
}

export const deleteFolder: Operation = (request, context) => {
  const type = deleteType(request);
  return answerEach('DeleteFolder', listedIds(request, 'FolderIds'), (id) => {
    const folder = own(id, context, 'ErrorDeleteDistinguishedFolder');
    const trash = folder.account.folder('deleteditems');
    if (type === 'MoveToDeletedItems') folder.rename(folder.name, trash);
    else removeWhole(folder);
    return undefined;
  });
};

export const emptyFolder: Operation = (request, context) => {
  const type = deleteType(request);
  const withFolders = request.attributes['DeleteSubFolders'];
  if (!withFolders) throw schemaViolation("The required attribute 'DeleteSubFolders' is missing.");
  return answerEach('EmptyFolder', listedIds(request, 'FolderIds'), (id) => {
    const folder = resolveMailFolder(id, context);
    if (folder === folder.account.root) throw new EwsError('ErrorCannotEmptyFolder');
    const trash = folder.account.folder('deleteditems');
    for (const message of folder.above(0).slice()) {
      if (type === 'MoveToDeletedItems') folder.move(message, trash);
      else folder.remove(message);
    }
    if (isTrue(withFolders)) for (const child of childrenOf(ewsFolder(folder))) removeWhole(child.stored!);
    return undefined;
  });
};

export const moveFolder: Operation = (request, context) =>
  transfer('MoveFolder', { request, context }, (id, to) => {
    const folder = own(id, context, 'ErrorMoveDistinguishedFolder');
    const isInside = [folder, ...descendantsOf(ewsFolder(folder)).map(({ stored }) => stored)].includes(to);
    if (isInside) throw new EwsError('ErrorMoveCopyFailed');
    refuseTaken(ewsFolder(to), folder.name, folder);
    folder.rename(folder.name, to);
    return folder;
  });

export const copyFolder: Operation = (request, context) =>
  transfer('CopyFolder', { request, context }, (id, to) => {
    const folder = resolveMailFolder(id, context);
    refuseTaken(ewsFolder(to), folder.name);
    return copyWhole(folder, to);
  });

interface Transfer {
  readonly request: XmlElement;
  readonly context: RequestContext;
}

function transfer(
  name: string,
  { request, context }: Transfer,
  put: (id: XmlElement, to: StoredFolder) => StoredFolder,
): Promise<XmlNode> {
  const target = targetFolder(request, context);
  const answer = (id: XmlElement) => idOf(put(id, target()));
  return answerEach(name, listedIds(request, 'FolderIds'), answer, xml('m:Folders', {}));
}

/** A folder that a client made; those that every mailbox has stay as they are. */
function own(id: XmlElement, context: RequestContext, refusal: string): StoredFolder {
  const { stored, distinguishedId } = resolveFolder(id, context);
  if (!stored || distinguishedId !== undefined) throw new EwsError(refusal);
  return stored;
}

/** @throws EwsError ErrorFolderExists */
export function refuseTaken(parent: EwsFolder, name: string, self?: StoredFolder): void {
  const isTaken = childrenOf(parent).some(
    (child) => child.stored !== self && child.name.toLowerCase() === name.toLowerCase(),
  );
  if (isTaken) throw new EwsError('ErrorFolderExists', { message: 'A folder with the specified name already exists.' });
}

function removeWhole(folder: StoredFolder): void {
  for (const { stored } of childrenOf(ewsFolder(folder))) removeWhole(stored!);
  folder.account.removeFolder(folder);
}

function copyWhole(folder: StoredFolder, to: StoredFolder): StoredFolder {
  const children = childrenOf(ewsFolder(folder));
  const copy = to.account.createLike(folder, to);
  for (const message of folder.messages) folder.copy(message, copy);
  for (const { stored } of children) copyWhole(stored!, copy);
  return copy;
}

function deleteType({ attributes }: XmlElement): string {
  const type = attributes['DeleteType'];
  if (!type) throw schemaViolation("The required attribute 'DeleteType' is missing.");
  return type;
}

function idOf(folder: StoredFolder): XmlNode {
  return xml('m:Folders', {}, renderFolder(ewsFolder(folder), folderIdShape));
}
