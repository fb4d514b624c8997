import type { ImapFlow, MailboxObject } from 'imapflow';

/** The folder that is selected. @throws NoConnection where it is not any more, because the connection is gone */
export function selectedFolder({ mailbox }: ImapFlow): MailboxObject {
  if (mailbox) return mailbox;
  throw Object.assign(new Error('Connection not available'), { code: 'NoConnection' });
}
