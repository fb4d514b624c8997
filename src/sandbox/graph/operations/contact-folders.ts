import type { StoredFolder } from '../../store/store.js';
import { contactFolderOf, contactFolders, renderContactFolder } from '../contacts/contact-folders.js';
import { odataContext, type GraphContext, type Operation } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { readName, refuseTaken, rename } from '../folders/given-name.js';
import { GraphError } from '../graph-error.js';
import { readJson } from '../graph-request.js';

/** Those beside the mailbox's own. https://learn.microsoft.com/graph/api/user-list-contactfolders */
export const listContactFolders: Operation = (context) =>
  list(
    context,
    contactFolders(context.account).filter(({ otherId }) => !otherId),
  );

export const listChildContactFolders: Operation = (context) => {
  const parent = contactFolderOf(context);
  return list(
    context,
    contactFolders(context.account).filter((folder) => folder.parent === parent),
  );
};

export const getContactFolder: Operation = (context) => show(context, contactFolderOf(context));

export const createContactFolder: Operation = (context) => create(context, context.account.root);

export const createChildContactFolder: Operation = (context) => create(context, contactFolderOf(context));

export const updateContactFolder: Operation = (context) => {
  const folder = own(context);
  rename(folder, readName(readJson(context.request)), siblingsIn(folder.parent ?? folder.account.root));
  return show(context, folder);
};

export const deleteContactFolder: Operation = (context) => {
  context.account.removeFolder(own(context));
  return { status: 204 };
};

function create(context: GraphContext, parent: StoredFolder): GraphAnswer {
  const { account, request } = context;
  const name = readName(readJson(request));
  refuseTaken(name, siblingsIn(parent));
  return show(context, account.createOtherFolder(name, parent, 'IPF.Contact'), 201);
}

function siblingsIn(parent: StoredFolder): StoredFolder[] {
  return parent.account.otherFolders.filter((folder) => folder.parent === parent);
}

/** @throws GraphError where it is one that every mailbox has */
function own(context: GraphContext): StoredFolder {
  const folder = contactFolderOf(context);
  if (folder.otherId === undefined) return folder;
  throw new GraphError(403, 'ErrorDeleteDistinguishedFolder', { message: 'Distinguished folders stay as they are.' });
}

function list(context: GraphContext, folders: readonly StoredFolder[]): GraphAnswer {
  return jsonAnswer({ ...odataContext(context, 'contactFolders'), value: folders.map(renderContactFolder) });
}

function show(context: GraphContext, folder: StoredFolder, status = 200): GraphAnswer {
  return jsonAnswer({ ...odataContext(context, 'contactFolders/$entity'), ...renderContactFolder(folder) }, status);
}
