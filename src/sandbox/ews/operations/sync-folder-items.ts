import { answerEach } from '../soap.js';
import { resolveMailFolder, type Operation } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { itemIdNode } from '../ids.js';
import { readSyncState, syncChanges, writeSyncState } from '../sync-states.js';
import { readItemShape, renderItem } from '../items/item-shape.js';
import { childElements, find, textOf, xml } from '../xml.js';

/** Exchange hands out no more than this at a time. */
const maxChanges = 512;

export const syncFolderItems: Operation = (request, context) => {
  const shape = readItemShape(find(request, 'ItemShape'), 'listing', context.version);
  const folderId = childElements(find(request, 'SyncFolderId'))[0];
  const limit = Number(textOf(find(request, 'MaxChangesReturned')));
  if (!folderId) throw schemaViolation("The element 'SyncFolderId' is missing.");
  if (!(limit >= 1 && limit <= maxChanges)) throw schemaViolation("The 'MaxChangesReturned' element is invalid.");
  return answerEach('SyncFolderItems', [folderId], async (id) => {
    const folder = resolveMailFolder(id, context);
    const state = readSyncState(textOf(find(request, 'SyncState')), context.store, folder);
    const changes = state && syncChanges(folder, state, limit);
    if (!changes) throw new EwsError('ErrorInvalidSyncStateData');
    const { created, updated, readFlagChanged, deleted } = changes;
    const write = async (kind: string, messages: typeof created) =>
      Promise.all(messages.map(async (message) => xml(kind, {}, await renderItem(message, shape))));
    return [
      xml('m:SyncState', {}, writeSyncState(changes.next, context.store, folder)),
      xml('m:IncludesLastItemInRange', {}, changes.includesLast),
      xml(
        'm:Changes',
        {},
        await write('t:Create', created),
        await write('t:Update', updated),
        deleted.map((Id) => xml('t:Delete', {}, xml('t:ItemId', { Id }))),
        readFlagChanged.map((message) =>
          xml('t:ReadFlagChange', {}, itemIdNode(message), xml('t:IsRead', {}, message.flags.has('\\Seen'))),
        ),
      ),
    ];
  });
};
