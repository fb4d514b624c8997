import { textToHtml } from './body-text.js';
import { draftOf, emptyDraft, type Draft } from './draft.js';
import type { StoredMessage } from '../store/store.js';
import type { Address } from './address.js';

export type ReplyKind = 'reply' | 'replyAll' | 'forward';

/** The draft of an answer to a message, or of one that sends it on: addressed, and the original quoted below the comment, which is HTML. */
export async function replyDraft(kind: ReplyKind, message: StoredMessage, comment: string): Promise<Draft> {
  const original = draftOf(await message.parsed(), message.source);
  const draft = emptyDraft();
  const own = message.folder.account.address;
  draft.from = { name: '', address: own };
  draft.subject = withPrefix(kind === 'forward' ? 'FW' : 'RE', original.subject);
  const content = `<html><body>${inner(comment)}<hr>${quote(original)}</body></html>`;
  draft.body = { type: 'HTML', content };
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

/** Who wrote what to whom, and the text. */
function quote({ from, subject, to, body }: Draft): string {
  const head = [
    `From: ${from?.name || from?.address || ''}`,
    `To: ${to.map(({ address }) => address).join('; ')}`,
    `Subject: ${subject}`,
  ].join('\n');
  return inner(textToHtml(head)) + inner(body.type === 'HTML' ? body.content : textToHtml(body.content));
}

/** What is within the `body` of a document, or all of it where it has none. */
function inner(html: string): string {
  const [, content] = /<body[^>]*>([^]*?)<\/body>/i.exec(html) ?? [];
  return content ?? html;
}
