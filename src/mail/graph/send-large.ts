import type { Trail } from '../../network/dial.js';
import { text } from './graph-answer.js';
import { immutableIds, type GraphSession, type Operation } from './graph-session.js';
import type { CutAttachment, SplitSource } from './split-source.js';

/** Octets of a file that goes along in one request; beyond, it is uploaded: https://learn.microsoft.com/graph/outlook-large-attachments */
const largestInline = 3 * 1024 * 1024 - 1;
/** Octets of a piece: a multiple of 320 KiB below 4 MB. */
const pieceSize = 12 * 320 * 1024;

/**
 * Sends a message whose attachments are too large for one request: as a draft without them, each of them, and then the
 * draft. Where that fails before it is sent, the draft is deleted.
 */
export async function sendLarge(
  session: GraphSession,
  operation: Operation,
  { rest, attachments }: SplitSource,
  trail: Trail,
): Promise<void> {
  const preparing: Operation = { ...operation, permission: 'Mail.ReadWrite' };
  const request = { method: 'POST', contentType: 'text/plain', prefer: immutableIds } as const;
  const draft = await session.read(preparing, {
    ...request,
    path: `${session.root}/messages`,
    body: rest.toString('base64'),
  });
  const path = `${session.root}/messages/${encodeURIComponent(text(draft['id']))}`;
  try {
    for (const attachment of attachments) await attach(session, preparing, { path, attachment });
  } catch (error) {
    const { signal: _, ...cleaning } = preparing;
    await session.ask(cleaning, { method: 'DELETE', path, prefer: immutableIds }).catch(() => undefined);
    throw error;
  }
  await session.request(operation, { method: 'POST', path: `${path}/send`, prefer: immutableIds, trail });
}

interface Addition {
  /** The draft's. */
  readonly path: string;
  readonly attachment: CutAttachment;
}

async function attach(session: GraphSession, operation: Operation, { path, attachment }: Addition): Promise<void> {
  const { name, contentType, contentId, content } = attachment;
  const described = { name, contentType, ...(contentId && { contentId }) };
  const request = { method: 'POST', contentType: 'application/json', prefer: immutableIds } as const;
  if (content.length <= largestInline) {
    const file = { '@odata.type': '#microsoft.graph.fileAttachment', ...described };
    const body = JSON.stringify({ ...file, contentBytes: content.toString('base64') });
    await session.request(operation, { ...request, path: `${path}/attachments`, body });
    return;
  }
  const body = JSON.stringify({ AttachmentItem: { attachmentType: 'file', size: content.length, ...described } });
  const created = await session.read(operation, { ...request, path: `${path}/attachments/createUploadSession`, body });
  const url = text(created['uploadUrl']);
  for (let from = 0; from < content.length; from += pieceSize) {
    const piece = content.subarray(from, from + pieceSize);
    const range = `bytes ${from}-${from + piece.length - 1}/${content.length}`;
    await session.upload(operation, { url, piece, range });
  }
}
