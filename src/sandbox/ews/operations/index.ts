import type { Operation } from '../context.js';
import { createAttachment, getAttachment } from './attachments.js';
import { convertId } from './convert-id.js';
import { createItem } from './create-item.js';
import { findItem } from './find-item.js';
import { createFolder, findFolder, getFolder } from './folders.js';
import { getItem } from './get-item.js';
import { copyItem, deleteItem, markAllItemsAsRead, moveItem } from './move-items.js';
import { resolveNames } from './resolve-names.js';
import { sendItem } from './send-item.js';
import { getEvents, subscribe, unsubscribe } from './subscribe.js';
import { syncFolderItems } from './sync-folder-items.js';
import { updateItem } from './update-item.js';

/** The operations by the name of their request; GetStreamingEvents, which stays open, is not one of them. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ConvertId: convertId,
    CopyItem: copyItem,
    CreateAttachment: createAttachment,
    CreateFolder: createFolder,
    CreateItem: createItem,
    DeleteItem: deleteItem,
    FindFolder: findFolder,
    FindItem: findItem,
    GetAttachment: getAttachment,
    GetEvents: getEvents,
    GetFolder: getFolder,
    GetItem: getItem,
    MarkAllItemsAsRead: markAllItemsAsRead,
    MoveItem: moveItem,
    ResolveNames: resolveNames,
    SendItem: sendItem,
    Subscribe: subscribe,
    SyncFolderItems: syncFolderItems,
    Unsubscribe: unsubscribe,
    UpdateItem: updateItem,
  }),
);
