import type { StoredFolder, StoredMessage } from '../store/store.js';
import { GraphError } from './graph-error.js';

/** Which ids a client wants: https://learn.microsoft.com/graph/outlook-immutable-id */
export type IdType = 'ordinary' | 'immutable';

/** What ids begin with, by what they are of. */
const prefixes = { message: 'AAMk', immutableMessage: 'AAkALgAA', folder: 'AQMk', attachment: 'AAMkB' };
const storeId = '[A-Za-z0-9_-]{24}';
const messagePattern = new RegExp(`^(?:${prefixes.message}|${prefixes.immutableMessage})(${storeId})$`);
const folderPattern = new RegExp(`^${prefixes.folder}(${storeId})$`);

export function messageId(message: Pick<StoredMessage, 'id' | 'immutableId'>, type: IdType): string {
  return type === 'immutable'
    ? prefixes.immutableMessage + urlSafe(message.immutableId)
    : prefixes.message + urlSafe(message.id);
}

export function folderId(folder: Pick<StoredFolder, 'id'>): string {
  return prefixes.folder + urlSafe(folder.id);
}

/** An attachment's id: its message's, and a few octets that tell it from the message's other attachments. */
export function attachmentId(message: StoredMessage, key: Buffer, type: IdType): string {
  const owner = type === 'immutable' ? message.immutableId : message.id;
  return prefixes.attachment + urlSafe(owner) + key.toString('base64url');
}

/** What the store knows a message by. @throws GraphError ErrorInvalidIdMalformed */
export function readMessageId(id: string): string {
  return read(id, messagePattern);
}

/** What the store knows a folder by. @throws GraphError ErrorInvalidIdMalformed */
export function readFolderId(id: string): string {
  return read(id, folderPattern);
}

/** What tells an attachment from the others of its message. */
export function readAttachmentKey(id: string): Buffer {
  return Buffer.from(read(id, new RegExp(`^${prefixes.attachment}${storeId}([A-Za-z0-9_-]+)$`)), 'base64url');
}

/** A message's revision, as `changeKey` and `@odata.etag` show it. */
export function changeKey({ revision }: StoredMessage): string {
  const key = Buffer.alloc(12);
  key.writeUInt32BE(revision, 8);
  return key.toString('base64');
}

function read(id: string, pattern: RegExp): string {
  const [, found] = pattern.exec(id) ?? [];
  if (found === undefined) throw new GraphError(400, 'ErrorInvalidIdMalformed');
  return found.replaceAll('-', '+').replaceAll('_', '/');
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}
