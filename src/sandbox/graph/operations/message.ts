import { appointmentAbout } from '../../calendar/find-appointment.js';
import { showEvent } from '../calendar/show-events.js';
import { odataContext, messageOf, refuseUnreadable, type GraphContext, type Operation } from '../context.js';
import { readDestination } from '../folders/destination.js';
import { jsonAnswer, octetsAnswer, type GraphAnswer } from '../graph-answer.js';
import { GraphError, itemNotFound } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { changeKey } from '../ids.js';
import { updateMessage as update } from '../messages/message-edit.js';
import { messageEdm } from '../messages/message-properties.js';
import { appliedPreferences, readMessageView, renderMessage, type MessageView } from '../messages/message-view.js';
import { readQueryOptions } from '../odata/query-options.js';
import type { StoredMessage } from '../../store/store.js';

export const getMessage: Operation = async (context) => {
  const message = messageOf(context);
  await refuseUnreadable(context, message, 'envelope');
  return await showMessage(context, message);
};

/** The event that it is about. https://learn.microsoft.com/graph/api/eventmessage-get */
export const getEventOf: Operation = (context) => {
  const event = appointmentAbout(messageOf(context));
  if (!event) throw itemNotFound();
  return showEvent(context, event);
};

/** The MIME source. https://learn.microsoft.com/graph/outlook-get-mime-message */
export const getMime: Operation = async (context) => {
  const message = messageOf(context);
  await refuseUnreadable(context, message, 'source');
  return octetsAnswer(message.source, 'text/plain');
};

export const updateMessage: Operation = async (context) => {
  const message = messageOf(context);
  refuseConflict(context, message);
  await update(message, readJson(context.request));
  return showMessage(context, message);
};

/** To Deleted Items; from there, away. */
export const deleteMessage: Operation = (context) => {
  const message = messageOf(context);
  refuseConflict(context, message);
  const { folder } = message;
  if (folder.role === 'deleteditems') folder.remove(message);
  else folder.move(message, folder.account.folder('deleteditems'));
  return { status: 204 };
};

export const permanentDelete: Operation = (context) => {
  const message = messageOf(context);
  message.folder.remove(message);
  return { status: 204 };
};

export const moveMessage: Operation = (context) => {
  const message = messageOf(context);
  return showMessage(context, message.folder.move(message, readDestination(context)), 201);
};

export const copyMessage: Operation = (context) => {
  const message = messageOf(context);
  return showMessage(context, message.folder.copy(message, readDestination(context)), 201);
};

export async function showMessage(
  context: GraphContext,
  message: StoredMessage,
  status = 200,
  shown: Partial<MessageView> = {},
): Promise<GraphAnswer> {
  const { request } = context;
  const view = { ...readMessageView(request, readQueryOptions(request.query, messageEdm)), ...shown };
  const rendered = await renderMessage(message, view);
  const headers = { ...appliedPreferences(request), ETag: String(rendered['@odata.etag']) };
  return { ...jsonAnswer({ ...odataContext(context, 'messages/$entity'), ...rendered }, status), headers };
}

/** RFC 9110 section 13.1.1. */
function refuseConflict({ request }: GraphContext, message: StoredMessage): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || wanted === '*' || wanted.includes(`"${changeKey(message)}"`)) return;
  throw new GraphError(412, 'ErrorIrresolvableConflict');
}
