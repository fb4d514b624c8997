import type { Faults } from '../faults.js';
import { unreadableCode, unreadableText, type MessagePart } from '../message/unreadable.js';
import type { Account, MailStore, StoredFolder, StoredMessage } from '../store/store.js';
import type { DeltaTokens } from './delta-tokens.js';
import type { FolderChanges } from './folder-changes.js';
import { findFolder } from './folder-names.js';
import type { GraphAnswer } from './graph-answer.js';
import { GraphError, itemNotFound } from './graph-error.js';
import { versionPath, type GraphRequest } from './graph-request.js';
import { readMessageId } from './ids.js';
import type { UploadSessions } from './upload-sessions.js';

/** What an operation works with. */
export interface GraphContext {
  readonly request: GraphRequest;
  readonly store: MailStore;
  readonly faults: Faults;
  readonly changes: FolderChanges;
  readonly deltaTokens: DeltaTokens;
  readonly uploads: UploadSessions;
  /** Whose mailbox it is. */
  readonly account: Account;
  /** What the path names, by its place: `folder`, `message`, `attachment`. */
  readonly parameters: Readonly<Record<string, string>>;
}

export type Operation = (context: GraphContext) => GraphAnswer | Promise<GraphAnswer>;

/** The folder that the path names. @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound */
export function folderOf({ account, parameters }: GraphContext): StoredFolder {
  return findFolder(account, parameters['folder'] ?? '');
}

/** The message that the path names. @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound */
export function messageOf({ account, parameters }: GraphContext): StoredMessage {
  const message = account.messageById(readMessageId(parameters['message'] ?? ''));
  if (!message) throw itemNotFound();
  return message;
}

/** @throws GraphError where a fault keeps a part of a message back */
export async function refuseUnreadable(
  { faults }: GraphContext,
  message: StoredMessage,
  part: MessagePart,
): Promise<void> {
  const code = await unreadableCode(faults, message, part);
  if (code) throw new GraphError(500, code, { message: unreadableText });
}

/** The address of a resource of the mailbox: `mailFolders('...')/messages`. */
export function resourceUrl({ request, account }: GraphContext, path: string): string {
  return `${request.origin}${versionPath}/users('${encodeURIComponent(account.address)}')/${path}`;
}

/** The `@odata.context` of an answer. */
export function odataContext({ request, account }: GraphContext, path: string): Readonly<Record<string, string>> {
  const user = encodeURIComponent(account.address);
  return { '@odata.context': `${request.origin}${versionPath}/$metadata#users('${user}')/${path}` };
}
