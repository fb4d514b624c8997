import type MailComposer from 'nodemailer/lib/mail-composer';
import { ExchangeError } from '../../errors.js';
import { toList, type OutgoingMessage, type Recipients } from './outgoing.js';
import type { Address, ComposedMessage } from '../transport.js';

type MailOptions = NonNullable<ConstructorParameters<typeof MailComposer>[0]>;

/**
 * Makes a message's MIME source and envelope. `keepBcc` leaves the `Bcc` header in the source.
 * @throws CONFIGURATION where an attachment's file can't be read
 */
export async function composeMessage(
  message: OutgoingMessage & { readonly from: string | Address },
  options: { readonly keepBcc: boolean },
): Promise<ComposedMessage> {
  const { default: Composer } = await import('nodemailer/lib/mail-composer');
  const node = new Composer(toMailOptions(message)).compile();
  node.keepBcc = options.keepBcc;
  const { from, to } = node.getEnvelope();
  const source = await node.build().catch((cause: NodeJS.ErrnoException) => {
    throw new ExchangeError('CONFIGURATION', `The message can't be sent: ${cause.message}.`, { cause });
  });
  return { messageId: node.messageId(), envelope: { from: from || '', to }, source };
}

function toMailOptions({ to, cc, bcc, replyTo, references, attachments, ...rest }: OutgoingMessage): MailOptions {
  return {
    ...rest,
    to: recipients(to),
    cc: recipients(cc),
    bcc: recipients(bcc),
    replyTo: recipients(replyTo),
    references: references && [...references],
    attachments: attachments?.map(({ content, contentId, ...attachment }) => ({
      ...attachment,
      content: content instanceof Uint8Array ? Buffer.from(content) : content,
      cid: contentId,
      // A forwarded message is shown inline otherwise, and no longer an attachment to who parses it.
      contentDisposition: contentId ? undefined : 'attachment',
    })),
    newline: '\r\n',
    disableUrlAccess: true,
  };
}

function recipients(field: Recipients | undefined): (string | Address)[] {
  return [...toList(field)];
}
