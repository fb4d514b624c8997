import type { ImapFlow, MailboxObject } from 'imapflow';

/** A folder as the server shows it just now. */
export interface SelectedFolder {
  readonly path: string;
  /** 0 where the server tells none (RFC 9051 section 2.3.1.1): its UIDs are good for the time being. */
  readonly uidValidity: bigint;
  /** How many messages there are in it. */
  readonly exists: number;
}

/** The folder that is selected. @throws NoConnection where it is not any more, because the connection is gone */
export function selectedFolder({ mailbox }: ImapFlow): SelectedFolder {
  if (!mailbox) throw Object.assign(new Error('Connection not available'), { code: 'NoConnection' });
  const told: Partial<MailboxObject> = mailbox;
  return { path: mailbox.path, uidValidity: told.uidValidity ?? 0n, exists: told.exists ?? 0 };
}
