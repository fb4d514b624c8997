import type { StoredFolder } from '../../store/store.js';
import type { ExtendedProperty } from '../messages/extended-properties.js';
import { folderOf, odataContext, resourceUrl, type GraphContext, type Operation } from '../context.js';
import { readName, refuseTaken, rename } from '../folders/given-name.js';
import { childrenOf } from '../folders/folder-names.js';
import { readDestination } from '../folders/destination.js';
import { folderEdm, nextArticleNumberTag, readFolderExpand, renderFolder } from '../folders/folder-resource.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { GraphError } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { folderId } from '../ids.js';
import { sortBy } from '../odata/order.js';
import { readQueryOptions, readSelect } from '../odata/query-options.js';
import { page } from '../paging.js';

export const listFolders: Operation = (context) => list(context, context.account.root, 'mailFolders');

export const listChildFolders: Operation = (context) => {
  const folder = folderOf(context);
  return list(context, folder, `mailFolders('${folderId(folder)}')/childFolders`);
};

export const getFolder: Operation = (context) => {
  const folder = folderOf(context);
  return show(context, folder);
};

export const createFolder: Operation = (context) => create(context, context.account.root);

export const createChildFolder: Operation = (context) => create(context, folderOf(context));

export const updateFolder: Operation = (context) => {
  const folder = folderOf(context);
  const name = readName(readJson(context.request));
  refuseOwn(folder);
  rename(folder, name, childrenOf(folder.parent ?? folder.account.root));
  return show(context, folder);
};

export const moveFolder: Operation = (context) => {
  const folder = folderOf(context);
  const target = readDestination(context);
  refuseOwn(folder);
  refuseTaken(folder.name, childrenOf(target));
  if (isWithin(target, folder)) throw new GraphError(400, 'ErrorMoveCopyFailed', { message: 'The move failed.' });
  folder.rename(folder.name, target);
  return show(context, folder, 201);
};

/** With all that is in it. https://learn.microsoft.com/graph/api/mailfolder-copy */
export const copyFolder: Operation = (context) => {
  const folder = folderOf(context);
  const target = readDestination(context);
  refuseTaken(folder.name, childrenOf(target));
  return show(context, copy(folder, target), 201);
};

/** With all that is in it. */
export const deleteFolder: Operation = (context) => {
  const folder = folderOf(context);
  refuseOwn(folder);
  remove(folder);
  return { status: 204 };
};

function list(context: GraphContext, parent: StoredFolder, path: string): GraphAnswer {
  const options = readQueryOptions(context.request.query, folderEdm);
  const { filter, order = [], select } = options;
  const rendered = childrenOf(parent).map((folder) => ({ folder, record: renderFolder(folder) }));
  const kept = rendered.filter(({ record }) => !filter || filter.accepts(record));
  const { rows, annotations } = page(
    context,
    resourceUrl(context, path),
    sortBy(kept, order, ({ record }) => record),
    options,
  );
  const value = rows.map(({ folder }) => renderFolder(folder, select, expanded(context, options.expand)));
  return jsonAnswer({ ...odataContext(context, path), ...annotations, value });
}

function show(context: GraphContext, folder: StoredFolder, status = 200): GraphAnswer {
  const { query } = context.request;
  const rendered = renderFolder(folder, readSelect(query, folderEdm), expanded(context, query.get('$expand')));
  return jsonAnswer({ ...odataContext(context, 'mailFolders/$entity'), ...rendered }, status);
}

function expanded({ faults }: GraphContext, expand: string | undefined): ExtendedProperty[] {
  return readFolderExpand(expand).filter(({ tag }) => !faults.noArticleNumbers || tag !== nextArticleNumberTag);
}

function create(context: GraphContext, parent: StoredFolder): GraphAnswer {
  refuseSearch(context);
  const name = readName(readJson(context.request));
  refuseTaken(name, childrenOf(parent));
  return show(context, context.account.createFolder(name, parent), 201);
}

function refuseSearch({ request }: GraphContext): void {
  const type = readJson(request)['@odata.type'];
  if (typeof type !== 'string' || !/^#?microsoft\.graph\.mailsearchfolder$/i.test(type)) return;
  throw new GraphError(501, 'NotImplemented', { message: 'The sandbox has no search folders, which Graph has.' });
}

/** The folders that every mailbox has stay what they are. */
function refuseOwn(folder: StoredFolder): void {
  if (!folder.role && folder.parent) return;
  throw new GraphError(403, 'ErrorDeleteDistinguishedFolder', {
    message: 'Distinguished folders cannot be deleted, renamed or moved.',
  });
}

function isWithin(folder: StoredFolder | undefined, ancestor: StoredFolder): boolean {
  return folder === ancestor || (folder !== undefined && isWithin(folder.parent, ancestor));
}

function copy(folder: StoredFolder, parent: StoredFolder): StoredFolder {
  const children = childrenOf(folder);
  const made = folder.account.createFolder(folder.name, parent);
  for (const message of folder.messages) folder.copy(message, made);
  for (const child of children) copy(child, made);
  return made;
}

function remove(folder: StoredFolder): void {
  for (const child of childrenOf(folder)) remove(child);
  folder.account.removeFolder(folder);
}
