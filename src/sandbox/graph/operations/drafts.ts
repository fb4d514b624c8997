import type { StoredFolder } from '../../store/store.js';
import { folderOf, messageOf, type GraphContext, type Operation } from '../context.js';
import type { GraphAnswer } from '../graph-answer.js';
import { badRequest, GraphError } from '../graph-error.js';
import { isRecord, readJson, readParameters } from '../graph-request.js';
import { markMessage } from '../messages/message-edit.js';
import { composeMessage, isMime, readMime } from '../messages/read-draft.js';
import { send } from '../messages/send.js';
import { showMessage } from './message.js';

export const createMessage: Operation = (context) => create(context, context.account.folder('drafts'));

export const createFolderMessage: Operation = (context) => create(context, folderOf(context));

export const sendDraft: Operation = async (context) => {
  const draft = messageOf(context);
  if (!draft.flags.has('\\Draft')) {
    throw new GraphError(400, 'ErrorInvalidRequest', { message: 'Only a draft can be sent.' });
  }
  await send(context, draft.source, { saves: true, draft });
  return { status: 202 };
};

/** https://learn.microsoft.com/graph/api/user-sendmail */
export const sendMail: Operation = async (context) => {
  const { request } = context;
  if (isMime(request)) {
    await send(context, readMime(request), { saves: true });
    return { status: 202 };
  }
  const body = readParameters(request);
  const message = body.get('message');
  if (!isRecord(message)) throw badRequest("The parameter 'Message' is required.");
  await send(context, await composeMessage(context, message), { saves: body.get('savetosentitems') !== false });
  return { status: 202 };
};

async function create(context: GraphContext, folder: StoredFolder): Promise<GraphAnswer> {
  const { request } = context;
  const json = isMime(request) ? {} : readJson(request);
  const source = isMime(request) ? readMime(request) : await composeMessage(context, json);
  const draft = folder.add({ source, flags: ['\\Seen', '\\Draft'] });
  markMessage(draft, json);
  return showMessage(context, draft, 201, { expandsExtensions: 'extensions' in json });
}
