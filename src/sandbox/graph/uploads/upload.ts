import type { IncomingMessage } from 'node:http';
import { attachmentKey } from '../../message/attachments.js';
import { draftOf } from '../../message/draft.js';
import type { GraphAnswer } from '../graph-answer.js';
import { jsonAnswer } from '../graph-answer.js';
import { badRequest, GraphError } from '../graph-error.js';
import { uploadTokenOf } from '../graph-sign.js';
import { attachmentId } from '../ids.js';
import { sourceOf } from '../messages/message-edit.js';
import { largestUpload, type UploadSession, type UploadSessions } from './upload-sessions.js';

/** In octets: the largest attachment, as base64, and something beside it. */
const longestMessage = 1.4 * largestUpload;

/** Where the pieces go. */
export function uploadUrl(origin: string, { token, message }: UploadSession): string {
  const user = encodeURIComponent(message.folder.account.address);
  const id = encodeURIComponent(message.id);
  return `${elsewhere(origin)}/api/v2.0/Users('${user}')/Messages('${id}')/AttachmentSessions('${token}')?authtoken=${token}`;
}

/**
 * This machine by its other name, for clients over TLS: Microsoft's uploads go to another host than Graph's, so that
 * libraries send no token along to it, which they do to the hosts that they know.
 */
function elsewhere(origin: string): string {
  const url = new URL(origin);
  const other = { '127.0.0.1': 'localhost', localhost: '127.0.0.1' }[url.hostname];
  if (url.protocol === 'https:' && other !== undefined) url.hostname = other;
  return url.origin;
}

export function uploadState(session: UploadSession): object {
  const { expiresAt, received } = session;
  return { expirationDateTime: expiresAt.toISOString(), nextExpectedRanges: [`${received}-`] };
}

/** Answers one request to such an address: a piece, a question how far it has come, or its end. */
export async function serveUpload(
  sessions: UploadSessions,
  { method, headers }: IncomingMessage,
  { url, body }: { readonly url: URL; readonly body: Buffer },
): Promise<GraphAnswer> {
  const token = uploadTokenOf(url.pathname) ?? '';
  if (headers.authorization !== undefined) {
    throw new GraphError(401, 'InvalidAuthenticationToken', {
      message: 'The address of an upload is its own permission: no Authorization header may come along.',
    });
  }
  const session = sessions.get(token);
  if (method === 'GET') return jsonAnswer(uploadState(session));
  if (method === 'DELETE') {
    sessions.cancel(token);
    return { status: 204 };
  }
  if (method !== 'PUT') throw badRequest('Specified HTTP method is not allowed for the request target.');
  const whole = sessions.add(token, body, headers['content-range'] ?? '');
  if (!whole) return jsonAnswer(uploadState(sessions.get(token)));
  return { status: 201, headers: { Location: `${url.origin}${await attach(session, whole)}` } };
}

/** Where the attachment is. */
async function attach({ message, attachment }: UploadSession, content: Buffer): Promise<string> {
  const draft = draftOf(await message.parsed(), message.source);
  draft.attachments.push({ ...attachment, content });
  const source = await sourceOf(draft);
  if (source.length > longestMessage) throw new GraphError(413, 'ErrorMessageSizeExceeded');
  message.folder.replace(message, source);
  const added = (await message.parsed()).attachments.findLast((each) => each.content.equals(content));
  if (!added) throw new GraphError(500, 'ErrorInternalServerError');
  const user = encodeURIComponent(message.folder.account.address);
  return `/api/v2.0/Users('${user}')/Messages('${message.id}')/Attachments('${attachmentId(message, attachmentKey(added), 'ordinary')}')`;
}
