import type { EmailMessage, FolderId } from 'ews-javascript-api';
import type { Trail } from '../../network/dial.js';
import { sendingFailure } from '../sending-failure.js';
import type { CallOptions, ComposedMessage, Folder, MessageRef } from '../transport.js';
import type { EwsSession, Library, Operation } from './ews-session.js';
import { taggedProperty } from './tagged-property.js';
import { escapeXml } from './escape-xml.js';
import { goneCodes } from './get-items.js';
import { sendMessage } from './requests.js';

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
  const library = await session.library();
  const operation = { operation: 'marking messages', tolerated: goneCodes, repeatable: true, signal };
  for (const ids of pages(refs)) {
    // An update names the version of the item that it changes.
    const { Responses } = await session.call(operation, (service) =>
      service.BindToItems(itemIds(library, ids), library.PropertySet.IdOnly),
    );
    const found = Responses.flatMap(({ Item }) => (Item ? [Item as EmailMessage] : []));
    for (const item of found) item.IsRead = isRead;
    if (found.length > 0) await update(session, operation, found);
  }
}

async function update(session: EwsSession, operation: Operation, items: EmailMessage[]): Promise<void> {
  const { ConflictResolutionMode, MessageDisposition } = await session.library();
  const { AlwaysOverwrite } = ConflictResolutionMode;
  const { SaveOnly } = MessageDisposition;
  if (session.isModern) {
    await session.callModern(operation, (service) =>
      service.UpdateItems(items, null!, AlwaysOverwrite, SaveOnly, null!, true),
    );
  } else {
    await session.call(operation, (service) => service.UpdateItems(items, null!, AlwaysOverwrite, SaveOnly, null!));
  }
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
  const library = await session.library();
  const { HardDelete } = library.DeleteMode;
  for (const ids of pages(refs)) {
    await session.call(operation, (service) => service.DeleteItems(itemIds(library, ids), HardDelete, null!, null!));
  }
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
