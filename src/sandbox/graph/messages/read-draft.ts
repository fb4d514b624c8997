import { readBase64 } from '../../message/base64.js';
import { parseMail } from '../../message/parse-mail.js';
import { draftOf, emptyDraft, type Draft } from '../../message/draft.js';
import { withCrlf } from '../../message/mime-header.js';
import type { GraphContext } from '../context.js';
import { GraphError } from '../graph-error.js';
import type { GraphRequest } from '../graph-request.js';
import { editDraft, sourceOf } from './message-edit.js';

/** Whether the body is MIME as base64: https://learn.microsoft.com/graph/outlook-send-mime-message */
export function isMime({ headers }: GraphRequest): boolean {
  return /^text\/plain\b/i.test(headers['content-type'] ?? '');
}

/** The MIME of the body. @throws GraphError ErrorMimeContentInvalidBase64String */
export function readMime({ body }: GraphRequest): Buffer {
  const source = readBase64(body.toString('latin1'));
  if (!source?.length) throw new GraphError(400, 'ErrorMimeContentInvalidBase64String');
  return withCrlf(source);
}

/** The message that JSON describes, as MIME from the mailbox. */
export async function composeMessage(
  { account }: GraphContext,
  json: Readonly<Record<string, unknown>>,
): Promise<Buffer> {
  const draft = emptyDraft();
  await editDraft(draft, json);
  return sourceOf(fromMailbox(draft, account.address));
}

/** The parts of a message in MIME. */
export async function draftOfMime(source: Buffer): Promise<Draft> {
  return draftOf(await parseMail(source), source);
}

export function fromMailbox(draft: Draft, address: string): Draft {
  draft.from ??= { name: '', address };
  return draft;
}
