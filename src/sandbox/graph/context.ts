import type { Faults } from '../faults.js';
import type { AccessGrant } from '../identity/tokens/tokens.js';
import { unreadableCode, unreadableText, type MessagePart } from '../message/unreadable.js';
import type { Account, MailStore, StoredFolder, StoredMessage } from '../store/store.js';
import type { DeltaTokens } from './delta/delta-tokens.js';
import type { FolderRounds } from './delta/folder-rounds.js';
import { findFolder } from './folders/folder-names.js';
import type { GraphAnswer } from './graph-answer.js';
import { GraphError, itemNotFound } from './graph-error.js';
import type { GraphRequest } from './graph-request.js';
import { readMessageId } from './ids.js';
import type { Subscriptions } from './notifications/subscriptions.js';
import type { UploadSessions } from './uploads/upload-sessions.js';

/** What an operation on the tenant works with. */
export interface TenantContext {
  readonly request: GraphRequest;
  readonly grant: AccessGrant;
  readonly store: MailStore;
  readonly faults: Faults;
  readonly deltaTokens: DeltaTokens;
  readonly folderRounds: FolderRounds;
  readonly uploads: UploadSessions;
  readonly subscriptions: Subscriptions;
  /** What the path names, by its place: `folder`, `message`, `attachment`. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What an operation on a mailbox works with. */
export interface GraphContext extends TenantContext {
  /** Whose mailbox it is. */
  readonly account: Account;
}

export type TenantOperation = (context: TenantContext) => GraphAnswer | Promise<GraphAnswer>;
export type Operation = (context: GraphContext) => GraphAnswer | Promise<GraphAnswer>;

/** What a request may do, and who may ask for it. */
export interface Route<Run = Operation> {
  /** Any of these is enough. https://learn.microsoft.com/graph/permissions-reference */
  readonly permissions: readonly string[];
  /** The code of the answer to others. @default 'ErrorAccessDenied' */
  readonly denial?: string;
  readonly run: Run;
}

/** Operations by method and path, in lower case: `POST messages/{message}/send`. */
export type Routes<Run = Operation> = Readonly<Record<string, Route<Run>>>;

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
  return `${request.root}/users('${encodeURIComponent(account.address)}')/${path}`;
}

/** The `@odata.context` of an answer about something in the mailbox. */
export function odataContext({ request, account }: GraphContext, path: string): Readonly<Record<string, string>> {
  return odataRoot(request, `users('${encodeURIComponent(account.address)}')/${path}`);
}

/** The `@odata.context` of an answer. */
export function odataRoot({ root }: GraphRequest, path: string): Readonly<Record<string, string>> {
  return { '@odata.context': `${root}/$metadata#${path}` };
}
