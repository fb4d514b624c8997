import { htmlToText, textToHtml } from '../message/body-text.js';
import { draftOf, emptyDraft, type Draft } from '../message/draft.js';
import type { StoredMessage } from '../store.js';
import type { Address } from '../../mail/transport.js';

export type ReplyKind = 'reply' | 'replyAll' | 'forward';

/** The draft of an answer to a message, or of one that sends it on: addressed, and the original quoted. */
export async function replyDraft(kind: ReplyKind, message: StoredMessage, comment: string): Promise<Draft> {
  const original = draftOf(await message.parsed(), message.source);
  const draft = emptyDraft();
  const own = message.folder.account.address;
  draft.from = { name: '', address: own };
  draft.subject = withPrefix(kind === 'forward' ? 'FW' : 'RE', original.subject);
  draft.body = { type: 'HTML', content: textToHtml(comment) + quote(original) };
  draft.inReplyTo = original.messageId;
  draft.references = [original.references, original.messageId].filter(Boolean).join(' ') || undefined;
  if (kind === 'forward') draft.attachments = original.attachments;
  else draft.to = original.replyTo.length > 0 ? original.replyTo : [original.from ?? []].flat();
  if (kind === 'replyAll') {
    const isOther = ({ address }: Address) => address.toLowerCase() !== own;
    draft.to = [...draft.to, ...original.to.filter(isOther)];
    draft.cc = original.cc.filter(isOther);
  }
  return draft;
}

function withPrefix(prefix: string, subject: string): string {
  return subject.toUpperCase().startsWith(`${prefix}:`) ? subject : `${prefix}: ${subject}`;
}

function quote({ from, subject, to, body }: Draft): string {
  const head = textToHtml(
    [
      `From: ${from?.name || from?.address || ''}`,
      `To: ${to.map(({ address }) => address).join('; ')}`,
      `Subject: ${subject}`,
    ].join('\n'),
  );
  const text = body.type === 'HTML' ? body.content : textToHtml(htmlToText(body.content));
  return `<hr>${head}${text}`;
}
