import { answerEach } from '../soap.js';
import type { Operation } from '../context.js';
import { resolveFolder } from '../context.js';
import { EwsError } from '../ews-error.js';
import { folderIdNode } from '../folders/folder-properties.js';
import { readFolderShape, renderFolder } from '../folders/folder-shape.js';
import { descendantsOf, parentOf, rootFolder, type EwsFolder } from '../folders/folder-tree.js';
import { childElements, find, textOf, xml } from '../xml.js';

export const syncFolderHierarchy: Operation = (request, context) => {
  const shape = readFolderShape(find(request, 'FolderShape'), context.version);
  const given = childElements(find(request, 'SyncFolderId'))[0];
  return answerEach('SyncFolderHierarchy', [given], (id) => {
    const top = id ? resolveFolder(id, context) : rootFolder(context.account);
    const known = readState(textOf(find(request, 'SyncState')));
    const folders = descendantsOf(top);
    const current = new Map(folders.map((folder) => [folder.id, placeOf(folder)]));
    const write = (change: string, list: readonly EwsFolder[]) =>
      list.map((folder) => xml(`t:${change}`, {}, renderFolder(folder, shape)));
    const gone = [...known.keys()].filter((each) => !current.has(each));
    return [
      xml('m:SyncState', {}, Buffer.from(JSON.stringify([...current])).toString('base64')),
      xml('m:IncludesLastFolderInRange', {}, true),
      xml(
        'm:Changes',
        {},
        write(
          'Create',
          folders.filter((folder) => !known.has(folder.id)),
        ),
        write(
          'Update',
          folders.filter((folder) => known.has(folder.id) && known.get(folder.id) !== placeOf(folder)),
        ),
        gone.map((each) => xml('t:Delete', {}, folderIdNode(each))),
      ),
    ];
  });
};

/** What a client is told of as a change: name and parent. */
function placeOf(folder: EwsFolder): string {
  return `${parentOf(folder).id} ${folder.name}`;
}

/** The state is all that a client knows: the server need not remember it. */
function readState(state: string | undefined): Map<string, string> {
  if (!state) return new Map();
  try {
    const entries: unknown = JSON.parse(Buffer.from(state, 'base64').toString());
    if (Array.isArray(entries)) return new Map(entries as [string, string][]);
  } catch {
    // It is none that was handed out.
  }
  throw new EwsError('ErrorInvalidSyncStateData');
}
