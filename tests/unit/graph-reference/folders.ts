import type { DocumentedOperation } from './documented-operation.js';
import { message, folder, draft } from './shapes.js';

export const folders: readonly DocumentedOperation[] = [
  { page: 'user-list-mailfolders', ask: 'GET /me/mailFolders', status: 200, list: 'filled', properties: folder },
  {
    page: 'user-list-mailfolders',
    ask: 'GET /me/mailFolders/?includeHiddenFolders=true',
    status: 200,
    list: 'filled',
    properties: [...folder, 'isHidden'],
  },
  {
    page: 'user-post-mailfolders',
    ask: 'POST /me/mailFolders',
    body: { displayName: 'Clutter of ours', isHidden: false },
    status: 201,
    properties: folder,
  },
  { page: 'mailfolder-get', ask: 'GET /me/mailFolders/{folder}', status: 200, properties: folder },
  {
    page: 'mailfolder-update',
    ask: 'PATCH /me/mailFolders/{folder}',
    body: { displayName: 'Renamed' },
    status: 200,
    properties: folder,
  },
  { page: 'mailfolder-delete', ask: 'DELETE /me/mailFolders/{folder}', status: 204 },
  { page: 'mailfolder-permanentdelete', ask: 'POST /me/mailFolders/{folder}/permanentDelete', status: 204 },
  {
    page: 'mailfolder-copy',
    ask: 'POST /me/mailFolders/{folder}/copy',
    body: { destinationId: 'archive' },
    status: 201,
    properties: folder,
  },
  {
    page: 'mailfolder-move',
    ask: 'POST /me/mailFolders/{folder}/move',
    body: { destinationId: 'archive' },
    status: 201,
    properties: folder,
  },
  { page: 'mailfolder-delta', ask: 'GET /me/mailFolders/delta', status: 200, list: 'filled', properties: folder },
  {
    page: 'mailfolder-list-childfolders',
    ask: 'GET /me/mailFolders/msgfolderroot/childFolders',
    status: 200,
    list: 'filled',
    properties: folder,
  },
  {
    page: 'mailfolder-post-childfolders',
    ask: 'POST /me/mailFolders/{folder}/childFolders',
    body: { displayName: 'Child' },
    status: 201,
    properties: folder,
  },
  {
    page: 'mailfolder-list-messages',
    ask: 'GET /me/mailFolders/inbox/messages',
    status: 200,
    list: 'filled',
    properties: message,
  },
  {
    page: 'mailfolder-post-messages',
    ask: 'POST /me/mailFolders/{folder}/messages',
    body: draft,
    status: 201,
    properties: message,
  },
];
