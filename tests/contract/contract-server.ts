import type { Connection } from '../../src/mail/connection.js';

export interface ContractMail {
  readonly to: string | readonly string[];
  readonly cc?: string;
  readonly bcc?: string;
  readonly from?: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly folder?: 'inbox' | 'junkemail';
  readonly receivedAt?: Date;
}

/** A server that the contract is held against. */
export interface ContractServer extends AsyncDisposable {
  /** The account's address. */
  readonly account: string;
  /** What it can't do; the tests that need it are skipped. */
  readonly lacks?: readonly ('backdating' | 'trouble')[];
  /** Opens a new connection to the account; `plain` shares its address. */
  connect(options?: { readonly addressing?: 'plain' }): Promise<Connection>;
  /** Has a mail arrive as from outside. */
  deliver(mail: ContractMail): Promise<void>;
  /** Has a mail arrive as it is written; all that do so have the same received time, where the server takes one. */
  deliverSource?(to: string, source: string): Promise<void>;
  /** Has the server fail to give messages with a subject: their source, or their envelope too. */
  spoil?(subject: string, part: 'source' | 'all'): void;
  /** Moves a message between the account's folders, behind the client's back. */
  move(subject: string, from: 'inbox' | 'junkemail', to: 'inbox' | 'junkemail'): Promise<void>;
  /** Whether a message of the inbox is marked as read; nothing where it is not there. */
  isRead(subject: string): Promise<boolean | undefined>;
  /** Makes some trouble, another each time: drops connections, loses events ... */
  disturb(): Promise<void>;
}
