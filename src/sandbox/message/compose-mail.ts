import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { ExchangeError } from '../../errors.js';
import type { Delivery, FolderRole } from '../store/store.js';

export interface SandboxAttachment {
  readonly filename: string;
  readonly content: string | Buffer;
  /** What `content` is, where it is a text. @default 'utf8' */
  readonly encoding?: 'utf8' | 'base64';
  /** @default what the file name's extension stands for */
  readonly contentType?: string;
  /** The name by which `html` shows it: `<img src="cid:logo">` for `logo`. @default none: it is not shown in the text */
  readonly contentId?: string;
}

/** A mail to put into the sandbox's mailboxes. */
export interface SandboxMail {
  /** One or more addresses, with or without a name: `Qa <qa@contoso.com>`. */
  readonly to: string | readonly string[];
  readonly cc?: string | readonly string[];
  /** Delivered to, and named in no header but the delivering server's. */
  readonly bcc?: string | readonly string[];
  /** @default 'no-reply@contoso.com' */
  readonly from?: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly SandboxAttachment[];
  /** Further headers by name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The folder it lands in. @default 'inbox' */
  readonly folder?: FolderRole;
  /** When the server received it. @default now */
  readonly receivedAt?: Date;
}

/** Composes a mail and addresses it. @throws CONFIGURATION where it has no recipient, or one that is none */
export async function composeMail(mail: SandboxMail): Promise<Delivery> {
  const { folder, receivedAt = new Date(), to, cc, bcc, ...content } = mail;
  checkRecipients([to, cc ?? [], bcc ?? []].flat());
  const node = new MailComposer({
    from: 'no-reply@contoso.com',
    date: receivedAt,
    ...content,
    headers: { ...mail.headers },
    attachments: mail.attachments?.map(({ contentId, ...attachment }) => ({
      ...attachment,
      ...(contentId !== undefined && { cid: contentId }),
    })),
    to: [to].flat(),
    cc: [cc ?? []].flat(),
    bcc: [bcc ?? []].flat(),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return {
    to: node.getEnvelope().to,
    source: await node.build(),
    receivedAt,
    ...(folder && { folder }),
  };
}

/** The composer leaves out what is no address without a word. */
function checkRecipients(written: readonly string[]): void {
  const recipients = written.flatMap((text) => addressparser(text, { flatten: true }));
  const wrong = recipients.find(({ address }) => !/^.+@[^\s@]+$/.test(address));
  if (wrong) throw undeliverable(`'${wrong.address || wrong.name}' is no address`);
  if (recipients.length === 0) throw undeliverable('it has no recipient');
}

function undeliverable(reason: string): ExchangeError {
  return new ExchangeError('CONFIGURATION', `The mail can't be delivered: ${reason}.`);
}
