import type { Operation } from '../context.js';
import { createAttachment, deleteAttachment, getAttachment } from './attachments.js';
import { copyFolder, deleteFolder, emptyFolder, moveFolder, updateFolder } from './change-folders.js';
import { convertId } from './convert-id.js';
import { createItem } from './create-item.js';
import { findItem } from './find-item.js';
import { createFolder, findFolder, getFolder } from './folders.js';
import { getItem } from './get-item.js';
import { getUserAvailability } from './get-user-availability.js';
import {
  expandDl,
  findPeople,
  getDelegate,
  getInboxRules,
  getMailTips,
  getRoomLists,
  getRooms,
  getServerTimeZones,
  getUserConfiguration,
  getUserOofSettings,
  setUserOofSettings,
} from './mailbox-services.js';
import { copyItem, deleteItem, markAllItemsAsRead, markAsJunk, moveItem } from './move-items.js';
import { resolveNames } from './resolve-names.js';
import { sendItem } from './send-item.js';
import { getEvents, subscribe, unsubscribe } from './subscribe.js';
import { syncFolderHierarchy } from './sync-folder-hierarchy.js';
import { syncFolderItems } from './sync-folder-items.js';
import { updateItem } from './update-item.js';

/** The operations by the name of their request; GetStreamingEvents, which stays open, is not one of them. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ConvertId: convertId,
    CopyFolder: copyFolder,
    CopyItem: copyItem,
    CreateAttachment: createAttachment,
    CreateFolder: createFolder,
    CreateItem: createItem,
    DeleteAttachment: deleteAttachment,
    DeleteFolder: deleteFolder,
    DeleteItem: deleteItem,
    EmptyFolder: emptyFolder,
    ExpandDL: expandDl,
    FindFolder: findFolder,
    FindItem: findItem,
    FindPeople: findPeople,
    GetAttachment: getAttachment,
    GetDelegate: getDelegate,
    GetEvents: getEvents,
    GetFolder: getFolder,
    GetInboxRules: getInboxRules,
    GetItem: getItem,
    GetMailTips: getMailTips,
    GetRoomLists: getRoomLists,
    GetRooms: getRooms,
    GetServerTimeZones: getServerTimeZones,
    GetUserConfiguration: getUserConfiguration,
    GetUserOofSettingsRequest: getUserOofSettings,
    GetUserAvailabilityRequest: getUserAvailability,
    MarkAllItemsAsRead: markAllItemsAsRead,
    MarkAsJunk: markAsJunk,
    MoveFolder: moveFolder,
    MoveItem: moveItem,
    ResolveNames: resolveNames,
    SendItem: sendItem,
    SetUserOofSettingsRequest: setUserOofSettings,
    Subscribe: subscribe,
    SyncFolderHierarchy: syncFolderHierarchy,
    SyncFolderItems: syncFolderItems,
    Unsubscribe: unsubscribe,
    UpdateFolder: updateFolder,
    UpdateItem: updateItem,
  }),
);
