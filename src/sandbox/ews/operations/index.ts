import type { Operation } from '../context.js';
import { createAttachment, deleteAttachment, getAttachment } from './attachments.js';
import { copyFolder, deleteFolder, emptyFolder, moveFolder, updateFolder } from './change-folders.js';
import { convertId } from './convert-id.js';
import { createItem } from './create-item.js';
import { findItem } from './find-item.js';
import { createFolder, findFolder, getFolder } from './folders.js';
import { addDelegate, getDelegate, removeDelegate, updateDelegate } from './delegates.js';
import { expandDl } from './expand-dl.js';
import { exportItems, uploadItems } from './export-items.js';
import { getInboxRules, updateInboxRules } from './inbox-rules.js';
import {
  createUserConfiguration,
  deleteUserConfiguration,
  getUserConfiguration,
  updateUserConfiguration,
} from './user-configurations.js';
import { getItem } from './get-item.js';
import { getUserAvailability } from './get-user-availability.js';
import {
  findPeople,
  getMailTips,
  getRoomLists,
  getRooms,
  getSearchableMailboxes,
  getServerTimeZones,
  getUserOofSettings,
  setUserOofSettings,
} from './mailbox-services.js';
import { archiveItem, copyItem, deleteItem, markAllItemsAsRead, markAsJunk, moveItem } from './move-items.js';
import { resolveNames } from './resolve-names.js';
import { sendItem } from './send-item.js';
import { getEvents, subscribe, unsubscribe } from './subscribe.js';
import { syncFolderHierarchy } from './sync-folder-hierarchy.js';
import { syncFolderItems } from './sync-folder-items.js';
import { updateItem } from './update-item.js';

/** The operations by the name of their request; GetStreamingEvents, which stays open, is not one of them. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    AddDelegate: addDelegate,
    ArchiveItem: archiveItem,
    ConvertId: convertId,
    CopyFolder: copyFolder,
    CopyItem: copyItem,
    CreateAttachment: createAttachment,
    CreateFolder: createFolder,
    CreateItem: createItem,
    CreateUserConfiguration: createUserConfiguration,
    DeleteAttachment: deleteAttachment,
    DeleteFolder: deleteFolder,
    DeleteItem: deleteItem,
    DeleteUserConfiguration: deleteUserConfiguration,
    EmptyFolder: emptyFolder,
    ExpandDL: expandDl,
    ExportItems: exportItems,
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
    GetSearchableMailboxes: getSearchableMailboxes,
    GetServerTimeZones: getServerTimeZones,
    GetUserConfiguration: getUserConfiguration,
    GetUserOofSettingsRequest: getUserOofSettings,
    GetUserAvailabilityRequest: getUserAvailability,
    MarkAllItemsAsRead: markAllItemsAsRead,
    MarkAsJunk: markAsJunk,
    MoveFolder: moveFolder,
    MoveItem: moveItem,
    RemoveDelegate: removeDelegate,
    ResolveNames: resolveNames,
    SendItem: sendItem,
    SetUserOofSettingsRequest: setUserOofSettings,
    Subscribe: subscribe,
    SyncFolderHierarchy: syncFolderHierarchy,
    SyncFolderItems: syncFolderItems,
    Unsubscribe: unsubscribe,
    UpdateDelegate: updateDelegate,
    UpdateFolder: updateFolder,
    UpdateInboxRules: updateInboxRules,
    UpdateItem: updateItem,
    UpdateUserConfiguration: updateUserConfiguration,
    UploadItems: uploadItems,
  }),
);
