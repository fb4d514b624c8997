import { readFile } from 'node:fs/promises';
import type MailComposer from 'nodemailer/lib/mail-composer';
import { ExchangeError } from '../../errors.js';
import type { Address, ComposedMessage } from '../transport.js';
import type { OutgoingAttachment, OutgoingMessage } from './outgoing.js';
import { toAddresses } from './outgoing/recipients.js';

type MailOptions = NonNullable<ConstructorParameters<typeof MailComposer>[0]>;
type AttachmentOptions = NonNullable<MailOptions['attachments']>[number];

/**
 * Makes the MIME source and the envelope of a message that has been checked. `keepBcc` leaves the `Bcc` header in the
 * source.
 * @throws CONFIGURATION where a message can't be made of it, or an attachment's file can't be read
 */
export async function composeMessage(
  message: OutgoingMessage & { readonly from: string | Address },
  options: { readonly keepBcc: boolean },
): Promise<ComposedMessage> {
  const { MailComposer: Composer } = await import('../../vendor/mail-composer.js');
  try {
    const node = new Composer(await toMailOptions(message)).compile();
    node.keepBcc = options.keepBcc;
    const { from, to } = node.getEnvelope();
    const source = await node.build();
    return { messageId: node.messageId(), envelope: { from: from || '', to }, source };
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ExchangeError('CONFIGURATION', `The message can't be sent: ${problem}.`, { cause });
  }
}

/** The library gets nothing to read by itself: a failure of that would go past everybody. */
async function toMailOptions(message: OutgoingMessage): Promise<MailOptions> {
  const { subject, text, html, headers = {}, inReplyTo, references, calendar } = message;
  return {
    subject,
    text,
    html,
    inReplyTo,
    references: references && [...references],
    from: toAddresses(message.from)[0],
    to: toAddresses(message.to),
    cc: toAddresses(message.cc),
    bcc: toAddresses(message.bcc),
    replyTo: toAddresses(message.replyTo),
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    icalEvent: calendar && { ...calendar, filename: 'invite.ics' },
    attachments: await Promise.all((message.attachments ?? []).map(toAttachmentOptions)),
    newline: '\r\n',
    disableUrlAccess: true,
    disableFileAccess: true,
  };
}

async function toAttachmentOptions(attachment: OutgoingAttachment): Promise<AttachmentOptions> {
  const { filename, content, path, contentType, contentId } = attachment;
  return {
    filename,
    content: path === undefined ? toContent(content) : await readFile(path),
    contentType,
    cid: contentId,
    // A forwarded message is shown inline otherwise, and no longer an attachment to who parses it.
    contentDisposition: contentId ? undefined : 'attachment',
  };
}

function toContent(content: OutgoingAttachment['content']): string | Buffer | undefined {
  return content instanceof Uint8Array ? Buffer.from(content) : content;
}
