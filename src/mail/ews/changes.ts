import type { FolderId } from 'ews-javascript-api';
import { isExchangeError } from '../../errors.js';
import type { Trail } from '../../network/dial.js';
import { sendingFailure } from '../sending-failure.js';
import type { CallOptions, ComposedMessage, Folder, MessageRef } from '../transport.js';
import { deleteItems, markItems, type ItemVersion } from './change-requests.js';
import { escapeXml } from './escape-xml.js';
import type { EwsSession, Library } from './ews-session.js';
import { getItems, goneCodes } from './get-items.js';
import { itemId } from './read-items.js';
import { sendMessage } from './requests.js';
import { taggedProperty } from './tagged-property.js';
import { find, type XmlElement } from './xml-tree.js';

const sendTimeout = 300_000;
const batchCount = 100;

/** Sends; the recipients are those of the MIME source. */
export async function send(
  session: EwsSession,
  { source }: ComposedMessage,
  { signal }: CallOptions = {},
): Promise<void> {
  const trail: Trail = {};
  const operation = { operation: 'sending a message', timeout: sendTimeout, trail, signal };
  try {
    await session.ask(operation, sendMessage(source, session.owner), () => {});
  } catch (error) {
    throw sendingFailure(error, trail.hasLeft ?? false);
  }
}

/** Puts an unread message into a folder. Without its flags being set, Exchange would take it for a draft. */
export async function append(
  session: EwsSession,
  folder: Folder,
  { source }: ComposedMessage,
  { signal }: CallOptions = {},
): Promise<void> {
  const library = await session.library();
  const messageFlags = taggedProperty(library, 0x0e07);
  const operation = { operation: `putting a message into the folder ${folder.name}`, timeout: sendTimeout, signal };
  await session.call(operation, (service) => {
    const message = new library.EmailMessage(service);
    message.MimeContent = mimeContent(library, source);
    message.SetExtendedProperty(messageFlags, 0);
    message.IsRead = false;
    return message.Save(folderId(library, folder));
  });
}

/** Marks messages as read or unread, without a receipt to their senders where the server can do without. */
export async function flag(
  session: EwsSession,
  refs: readonly MessageRef[],
  { isRead, signal }: CallOptions & { readonly isRead: boolean },
): Promise<void> {
  const operation = { operation: 'marking messages', tolerated: goneCodes, repeatable: true, signal };
  for (const ids of pages(refs)) {
    // An update names the version of the item that it changes.
    const items = await getItems(session, ids, { operation: operation.operation, properties: [], signal });
    const found = items.flatMap((item) => {
      if (isExchangeError(item)) throw item;
      return item ? [versionOf(item)] : [];
    });
    if (found.length === 0) continue;
    const suppressesReceipts = session.isModern;
    const request = markItems(found, { isRead, suppressesReceipts });
    await (suppressesReceipts ? session.askModern(operation, request) : session.ask(operation, request, () => {}));
  }
}

function versionOf(item: XmlElement): ItemVersion {
  return { id: itemId(item), changeKey: find(item, 'ItemId')?.attributes.ChangeKey ?? '', kind: item.name };
}

/** Moves messages; those that are gone are passed over. */
export async function move(
  session: EwsSession,
  refs: readonly MessageRef[],
  { to, signal }: CallOptions & { readonly to: Folder },
): Promise<void> {
  const library = await session.library();
  const operation = { operation: `moving messages to the folder ${to.name}`, tolerated: goneCodes, signal };
  for (const ids of pages(refs)) {
    await session.call(operation, (service) => service.MoveItems(itemIds(library, ids), folderId(library, to), false));
  }
}

/** Deletes messages for good; those that are gone are passed over. */
export async function remove(
  session: EwsSession,
  refs: readonly MessageRef[],
  { signal }: CallOptions = {},
): Promise<void> {
  const operation = { operation: 'deleting messages', tolerated: goneCodes, repeatable: true, signal };
  for (const ids of pages(refs)) await session.ask(operation, deleteItems(ids), () => {});
}

function mimeContent(library: Library, source: Buffer) {
  return new library.MimeContent('UTF-8', source.toString('base64'));
}

function folderId(library: Library, { id }: Folder): FolderId {
  return new library.FolderId(escapeXml(id));
}

function itemIds(library: Library, ids: readonly string[]) {
  return ids.map((id) => new library.ItemId(escapeXml(id)));
}

function pages(refs: readonly MessageRef[]): string[][] {
  const ids = refs.map(({ id }) => id);
  return Array.from({ length: Math.ceil(ids.length / batchCount) }, (_, page) =>
    ids.slice(page * batchCount, (page + 1) * batchCount),
  );
}
