import type { Operation, Route, Routes } from '../context.js';
import { attachmentRoutes } from './attachment-routes.js';
import { deltaMessages } from './delta.js';
import { createFolderMessage, createMessage, sendDraft, sendMail } from './drafts.js';
import {
  copyFolder,
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
  getEventOf,
  getMessage,
  getMime,
  moveMessage,
  permanentDelete,
  updateMessage,
} from './message.js';
import { createReply, sendReply } from './replies.js';
import { createExtension, deleteExtension, getExtension, listExtensions, updateExtension } from './extensions.js';
import { deltaFolders } from './folder-delta.js';
import { getMailTips } from './mail-tips.js';

const read = (run: Operation): Route => ({ permissions: ['Mail.Read', 'Mail.ReadWrite'], run });
const write = (run: Operation): Route => ({ permissions: ['Mail.ReadWrite'], run });
const send = (run: Operation): Route => ({ permissions: ['Mail.Send'], run });

const folder = 'mailfolders/{folder}';
const message = 'messages/{message}';
const extension = `${message}/extensions/{extension}`;

/** What can be done with mail. */
export const mailRoutes: Routes = {
  'POST sendmail': send(sendMail),
  'POST getmailtips': read(getMailTips),

  'GET mailfolders': read(listFolders),
  'GET mailfolders/delta': read(deltaFolders),
  'POST mailfolders': write(createFolder),
  [`GET ${folder}`]: read(getFolder),
  [`PATCH ${folder}`]: write(updateFolder),
  [`DELETE ${folder}`]: write(deleteFolder),
  [`POST ${folder}/move`]: write(moveFolder),
  [`POST ${folder}/copy`]: write(copyFolder),
  [`POST ${folder}/permanentdelete`]: write(deleteFolder),
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
  ...Object.fromEntries(
    ['', 'eventmessage/', 'eventmessagerequest/', 'eventmessageresponse/'].map((cast) => [
      `GET ${message}/${cast}event`,
      read(getEventOf),
    ]),
  ),
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

  [`GET ${message}/extensions`]: read(listExtensions),
  [`POST ${message}/extensions`]: write(createExtension),
  [`GET ${extension}`]: read(getExtension),
  [`PATCH ${extension}`]: write(updateExtension),
  [`DELETE ${extension}`]: write(deleteExtension),

  ...attachmentRoutes(message, { read, write }),
};
