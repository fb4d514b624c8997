import type { Trail } from '../../network/dial.js';
import { sendingFailure } from '../sending-failure.js';
import type { CallOptions, ComposedMessage, Folder, MessageRef } from '../transport.js';
import type { BatchRequest } from './batch.js';
import { isSuccess, text, type GraphAnswer } from './graph-answer.js';
import { isGone, tooLargeError } from './graph-errors.js';
import { immutableIds, type GraphSession, type Operation } from './graph-session.js';
import { sendLarge } from './send-large.js';
import { splitSource } from './split-source.js';

const sendTimeout = 300_000;
/** Octets of a request: https://learn.microsoft.com/graph/outlook-large-attachments */
const maxRequest = 4 * 1024 * 1024;

/** Octets of a source that fits into a request as base64. */
const maxSource = (maxRequest / 4) * 3;

/** Sends a MIME source as it is; the recipients are those of its header: https://learn.microsoft.com/graph/api/user-sendmail */
export async function send(
  session: GraphSession,
  { source }: ComposedMessage,
  { signal }: CallOptions = {},
): Promise<void> {
  const operation = { operation: 'sending a message', permission: 'Mail.Send', timeout: sendTimeout, signal } as const;
  const trail: Trail = {};
  try {
    const split = source.length > maxSource ? splitSource(source, maxSource) : undefined;
    if (split) return await sendLarge(session, operation, split, trail);
    const request = { ...mimeBody(session, operation, source), path: `${session.root}/sendMail`, trail };
    await session.request(operation, request);
  } catch (error) {
    throw sendingFailure(error, trail.hasLeft ?? false);
  }
}

/** Puts an unread message into a folder. It is a draft there: Graph makes no others. */
export async function append(
  session: GraphSession,
  folder: Folder,
  { source, signal }: CallOptions & Pick<ComposedMessage, 'source'>,
): Promise<void> {
  const operation = {
    operation: `putting a message into the folder ${folder.name}`,
    timeout: sendTimeout,
    isAboutFolder: true,
    signal,
  };
  const path = `${session.root}/mailFolders/${encodeURIComponent(folder.id)}/messages`;
  const request = { ...mimeBody(session, operation, source), path, prefer: immutableIds };
  const { id } = await session.read(operation, request);
  await change(session, operation, [markRequest(session, text(id), false)]);
}

/** Marks messages as read or unread. */
export async function flag(
  session: GraphSession,
  refs: readonly MessageRef[],
  { isRead, signal }: CallOptions & { readonly isRead: boolean },
): Promise<void> {
  const operation = { operation: 'marking messages', repeatable: true, signal };
  await change(
    session,
    operation,
    refs.map(({ id }) => markRequest(session, id, isRead)),
  );
}

/** Moves messages; those that are gone are passed over. */
export async function move(
  session: GraphSession,
  refs: readonly MessageRef[],
  { to, signal }: CallOptions & { readonly to: Folder },
): Promise<void> {
  const operation = { operation: `moving messages to the folder ${to.name}`, signal };
  const request = { method: 'POST', prefer: immutableIds, body: { destinationId: to.id } } as const;
  await change(
    session,
    operation,
    refs.map(({ id }) => ({ ...request, path: `${message(session, id)}/move` })),
  );
}

/** Deletes messages for good; those that are gone are passed over. */
export async function remove(
  session: GraphSession,
  refs: readonly MessageRef[],
  { signal }: CallOptions = {},
): Promise<void> {
  const operation = { operation: 'deleting messages', repeatable: true, signal };
  const requests = refs.map(({ id }) => ({
    method: 'POST' as const,
    prefer: immutableIds,
    path: `${message(session, id)}/permanentDelete`,
    body: {},
  }));
  const unsupported: BatchRequest[] = [];
  for (const [index, answer] of (await session.batch(operation, requests)).entries()) {
    const isUnknown = [400, 404, 405, 501].includes(answer.status) && !isGone(answer);
    if (isUnknown)
      unsupported.push({ method: 'DELETE', prefer: immutableIds, path: message(session, refs[index]!.id) });
    else check(session, operation, answer);
  }
  // The national clouds lack that action; what is deleted there can be recovered by an administrator.
  await change(session, operation, unsupported);
}

async function change(session: GraphSession, operation: Operation, requests: readonly BatchRequest[]): Promise<void> {
  for (const answer of await session.batch(operation, requests)) check(session, operation, answer);
}

function check(session: GraphSession, operation: Operation, answer: GraphAnswer): void {
  if (!isSuccess(answer) && !isGone(answer)) throw session.failure(operation, answer);
}

function markRequest(session: GraphSession, id: string, isRead: boolean): BatchRequest {
  return { method: 'PATCH', path: message(session, id), prefer: immutableIds, body: { isRead } };
}

function message({ root }: GraphSession, id: string): string {
  return `${root}/messages/${encodeURIComponent(id)}`;
}

/**
 * https://learn.microsoft.com/graph/outlook-send-mime-message. What is too large Graph has been seen to answer with
 * success, and to drop: https://github.com/microsoftgraph/microsoft-graph-docs/issues/13979
 */
function mimeBody({ address }: GraphSession, { operation }: Operation, source: Buffer) {
  const body = source.toString('base64');
  if (body.length > maxRequest) throw tooLargeError({ operation, mailbox: address }, source.length);
  return { method: 'POST', contentType: 'text/plain', body } as const;
}
