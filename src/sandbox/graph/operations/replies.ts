import { textToHtml } from '../../message/body-text.js';
import type { Draft } from '../../message/draft.js';
import { messageOf, type GraphContext, type Operation } from '../context.js';
import { badRequest } from '../graph-error.js';
import { isRecord, readParameters } from '../graph-request.js';
import { editDraft, readRecipients, sourceOf } from '../messages/message-edit.js';
import { draftOfMime, fromMailbox, isMime, readMime } from '../messages/read-draft.js';
import { replyDraft, type ReplyKind } from '../../message/reply-draft.js';
import { send } from '../messages/send.js';
import { showMessage } from './message.js';

/** Sends an answer, or the message on. https://learn.microsoft.com/graph/api/message-reply */
export function sendReply(kind: ReplyKind): Operation {
  return async (context) => {
    await send(context, await sourceOf(await draft(context, kind)), { saves: true });
    return { status: 202 };
  };
}

/** Leaves it among the drafts. https://learn.microsoft.com/graph/api/message-createreply */
export function createReply(kind: ReplyKind): Operation {
  return async (context) => {
    const source = await sourceOf(await draft(context, kind));
    const created = context.account.folder('drafts').add({ source, flags: ['\\Seen', '\\Draft'] });
    return showMessage(context, created, 201);
  };
}

async function draft(context: GraphContext, kind: ReplyKind): Promise<Draft> {
  const { request, account } = context;
  const original = messageOf(context);
  if (isMime(request)) return answerInMime(await replyDraft(kind, original, ''), context);
  const json = readParameters(request);
  const [comment, message, recipients] = [json.get('comment'), json.get('message'), json.get('torecipients')];
  if (comment && isRecord(message) && message['body']) {
    throw badRequest("Specify either 'Comment' or the 'body' of 'Message', not both.");
  }
  const made = await replyDraft(kind, original, textToHtml(typeof comment === 'string' ? comment : ''));
  if (isRecord(message)) await editDraft(made, message);
  if (recipients !== undefined) made.to = readRecipients(recipients);
  return fromMailbox(made, account.address);
}

/** What a client gives as MIME, as an answer to the message. */
async function answerInMime(made: Draft, { request }: GraphContext): Promise<Draft> {
  const given = await draftOfMime(readMime(request));
  return {
    ...given,
    from: given.from ?? made.from,
    to: given.to.length > 0 ? given.to : made.to,
    subject: given.subject || made.subject,
    inReplyTo: made.inReplyTo,
    references: made.references,
    attachments: [...given.attachments, ...made.attachments],
  };
}
