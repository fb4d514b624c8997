import { answerEach } from '../soap.js';
import { listedIds, resolveFolder, type Operation } from '../context.js';
import { refuseTaken } from './change-folders.js';
import { schemaViolation } from '../ews-error.js';
import { classOfElement } from '../folders/folder-properties.js';
import type { StoredFolder } from '../../store/store.js';
import { childrenOf, descendantsOf, ewsFolder, type EwsFolder } from '../folders/folder-tree.js';
import { folderIdShape, folderValue, readFolderShape, renderFolder } from '../folders/folder-shape.js';
import { page } from '../finding/paging.js';
import { compile, filter } from '../finding/restriction.js';
import { childElements, find, textOf, xml, type XmlElement } from '../xml.js';

export const getFolder: Operation = (request, context) => {
  const shape = readFolderShape(find(request, 'FolderShape'), context.version);
  const answer = (id: XmlElement) => xml('m:Folders', {}, renderFolder(resolveFolder(id, context), shape));
  return answerEach('GetFolder', listedIds(request, 'FolderIds'), answer, xml('m:Folders', {}));
};

export const findFolder: Operation = (request, context) => {
  const shape = readFolderShape(find(request, 'FolderShape'), context.version);
  const expression = childElements(find(request, 'Restriction'))[0];
  const accepts = expression ? compile(expression, folderValue) : undefined;
  return answerEach('FindFolder', listedIds(request, 'ParentFolderIds'), async (id) => {
    const found = traverse(request, resolveFolder(id, context));
    const { entries, attributes } = await page(request, accepts ? await filter(found, accepts) : found);
    const folders = entries.map((folder) => renderFolder(folder, shape));
    return xml('m:RootFolder', { ...attributes }, xml('t:Folders', {}, folders));
  });
};

export const createFolder: Operation = (request, context) => {
  const parent = find(request, 'ParentFolderId');
  return answerEach(
    'CreateFolder',
    listedIds(request, 'Folders'),
    (element) => {
      const id = childElements(parent)[0];
      if (!id) throw schemaViolation("The element 'ParentFolderId' is missing.");
      const into = resolveFolder(id, context);
      const name = textOf(find(element, 'DisplayName')) ?? '';
      refuseTaken(into, name);
      return xml('m:Folders', {}, renderFolder(ewsFolder(create(element, name, into)), folderIdShape));
    },
    xml('m:Folders', {}),
  );
};

function create(element: XmlElement, name: string, { account, stored = account.root }: EwsFolder): StoredFolder {
  const folderClass = textOf(find(element, 'FolderClass')) ?? classOfElement(element.name);
  if (!folderClass) return account.createFolder(name, stored, '');
  const isMail = /^IPF(?:\.Note)?$/i.test(folderClass);
  return isMail ? account.createFolder(name, stored) : account.createOtherFolder(name, stored, folderClass);
}

function traverse(request: XmlElement, parent: EwsFolder): EwsFolder[] {
  const traversal = request.attributes['Traversal'];
  if (traversal === 'SoftDeleted') return [];
  return traversal === 'Deep' ? descendantsOf(parent) : childrenOf(parent);
}
