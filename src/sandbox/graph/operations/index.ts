import type { Operation } from '../context.js';
import {
  addAttachment,
  createUploadSession,
  deleteAttachment,
  getAttachment,
  getAttachmentContent,
  listAttachments,
} from './attachments.js';
import { deltaMessages } from './delta.js';
import { createFolderMessage, createMessage, sendDraft, sendMail } from './drafts.js';
import {
  createChildFolder,
  createFolder,
  deleteFolder,
  getFolder,
  listChildFolders,
  listFolders,
  moveFolder,
  updateFolder,
} from './folders.js';
import { countFolderMessages, countMessages, listFolderMessages, listMessages } from './list-messages.js';
import {
  copyMessage,
  deleteMessage,
  getMessage,
  getMime,
  moveMessage,
  permanentDelete,
  updateMessage,
} from './message.js';
import { createReply, sendReply } from './replies.js';
import { getMailboxSettings, getUser } from './users.js';

/** What a request may do, and who may ask for it. */
export interface Route {
  /** Any of these is enough. https://learn.microsoft.com/graph/permissions-reference */
  readonly permissions: readonly string[];
  /** The code of the answer to others. @default 'ErrorAccessDenied' */
  readonly denial?: string;
  readonly run: Operation;
}

const read = (run: Operation): Route => ({ permissions: ['Mail.Read', 'Mail.ReadWrite'], run });
const write = (run: Operation): Route => ({ permissions: ['Mail.ReadWrite'], run });
const send = (run: Operation): Route => ({ permissions: ['Mail.Send'], run });

const folder = 'mailfolders/{folder}';
const message = 'messages/{message}';
const attachment = `${message}/attachments/{attachment}`;

/** The operations by method and path, below the user, in lower case. */
export const routes: Readonly<Record<string, Route>> = {
  'GET ': {
    permissions: ['User.Read', 'User.ReadBasic.All', 'User.Read.All'],
    denial: 'Authorization_RequestDenied',
    run: getUser,
  },
  'GET mailboxsettings': { permissions: ['MailboxSettings.Read'], run: getMailboxSettings },
  'POST sendmail': send(sendMail),

  'GET mailfolders': read(listFolders),
  'POST mailfolders': write(createFolder),
  [`GET ${folder}`]: read(getFolder),
  [`PATCH ${folder}`]: write(updateFolder),
  [`DELETE ${folder}`]: write(deleteFolder),
  [`POST ${folder}/move`]: write(moveFolder),
  [`GET ${folder}/childfolders`]: read(listChildFolders),
  [`POST ${folder}/childfolders`]: write(createChildFolder),
  [`GET ${folder}/messages`]: read(listFolderMessages),
  [`POST ${folder}/messages`]: write(createFolderMessage),
  [`GET ${folder}/messages/$count`]: read(countFolderMessages),
  [`GET ${folder}/messages/delta`]: read(deltaMessages),

  'GET messages': read(listMessages),
  'POST messages': write(createMessage),
  'GET messages/$count': read(countMessages),
  [`GET ${message}`]: read(getMessage),
  [`PATCH ${message}`]: write(updateMessage),
  [`DELETE ${message}`]: write(deleteMessage),
  [`GET ${message}/$value`]: read(getMime),
  [`POST ${message}/move`]: write(moveMessage),
  [`POST ${message}/copy`]: write(copyMessage),
  [`POST ${message}/permanentdelete`]: write(permanentDelete),
  [`POST ${message}/send`]: send(sendDraft),
  [`POST ${message}/reply`]: send(sendReply('reply')),
  [`POST ${message}/replyall`]: send(sendReply('replyAll')),
  [`POST ${message}/forward`]: send(sendReply('forward')),
  [`POST ${message}/createreply`]: write(createReply('reply')),
  [`POST ${message}/createreplyall`]: write(createReply('replyAll')),
  [`POST ${message}/createforward`]: write(createReply('forward')),

  [`GET ${message}/attachments`]: read(listAttachments),
  [`POST ${message}/attachments`]: write(addAttachment),
  [`POST ${message}/attachments/createuploadsession`]: write(createUploadSession),
  [`GET ${attachment}`]: read(getAttachment),
  [`GET ${attachment}/$value`]: read(getAttachmentContent),
  [`DELETE ${attachment}`]: write(deleteAttachment),
};
