import type { ChangeLog } from './change-log.js';
import type { NewMessage } from './new-message.js';
import type { FolderRole } from './standard-folders.js';

/** A message as it was when the sandbox was last stopped. */
export interface KeptMessage extends Omit<NewMessage, 'source'> {
  readonly id: string;
  readonly immutableId: string;
  readonly uid: number;
  readonly revision: number;
  readonly modifiedAt: Date;
  readonly receivedAt: Date;
  readonly searchKey: string;
  readonly size: number;
  /** Gives the MIME source when it is wanted. */
  readonly source: () => Buffer;
}

/** What a folder remembers beside its messages. */
export interface FolderState {
  readonly id: string;
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly isSubscribed: boolean;
  readonly keywords: readonly string[];
  readonly changes: ChangeLog;
}

/** A folder as it was when the sandbox was last stopped. */
export interface KeptFolder extends FolderState {
  readonly name: string;
  /** Its parent's id. */
  readonly parent: string | undefined;
  readonly role: FolderRole | undefined;
  readonly otherId: string | undefined;
  /** Nothing where it holds mail that people read, empty where it does so without saying so. */
  readonly folderClass: string | undefined;
  readonly messages: readonly KeptMessage[];
}

/** An account as it was when the sandbox was last stopped. */
export interface KeptAccount {
  readonly address: string;
  readonly lastUidValidity: number;
  readonly settings: readonly (readonly [name: string, value: unknown])[];
  /** Each after its parent, the root first. */
  readonly folders: readonly KeptFolder[];
}
