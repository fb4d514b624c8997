import type { Attachment } from 'mailparser';
import { attachmentKey, isMessage } from '../../message/attachments.js';
import { draftOf } from '../../message/draft.js';
import { StoredMessage } from '../../store/store.js';
import { attachmentResource, attachmentResources } from '../messages/attachment-resource.js';
import { messageOf, odataContext, type GraphContext, type Operation } from '../context.js';
import { jsonAnswer, octetsAnswer } from '../graph-answer.js';
import { badRequest, GraphError, itemNotFound } from '../graph-error.js';
import { isRecord, readJson, readParameters } from '../graph-request.js';
import { uploadState, uploadUrl } from '../uploads/upload.js';
import { largestUpload, smallestUpload } from '../uploads/upload-sessions.js';
import { messageId, readAttachmentKey } from '../ids.js';
import { readAttachment, sourceOf } from '../messages/message-edit.js';
import { readMessageView, renderMessage } from '../messages/message-view.js';

export const listAttachments: Operation = async (context) => {
  const message = messageOf(context);
  const { idType } = readMessageView(context.request);
  const value = await attachmentResources(message, idType);
  return jsonAnswer({ ...odataContext(context, `messages('${messageId(message, idType)}')/attachments`), value });
};

export const getAttachment: Operation = async (context) => {
  const message = messageOf(context);
  const attachment = await attachmentOf(context, message);
  const wantsItem = /^microsoft\.graph\.itemattachment\/item\b/i.test(context.request.query.get('$expand') ?? '');
  const item = wantsItem && isMessage(attachment) ? await attachedItem(message, attachment) : undefined;
  return show(context, message, { attachment, item });
};

export const getAttachmentContent: Operation = async (context) => {
  const { content, contentType } = await attachmentOf(context, messageOf(context));
  return octetsAnswer(content, contentType);
};

export const addAttachment: Operation = async (context) => {
  const message = messageOf(context);
  const draft = draftOf(await message.parsed(), message.source);
  const added = await readAttachment(readJson(context.request));
  draft.attachments.push(added);
  message.folder.replace(message, await sourceOf(draft));
  const { attachments } = await message.parsed();
  const found = attachments.findLast(({ content }) => content.equals(added.content));
  if (!found) throw new GraphError(500, 'ErrorInternalServerError');
  return show(context, message, { attachment: found }, 201);
};

/** https://learn.microsoft.com/graph/api/attachment-createuploadsession */
export const createUploadSession: Operation = (context) => {
  const message = messageOf(context);
  const item = readParameters(context.request).get('attachmentitem');
  if (!isRecord(item) || item['attachmentType'] !== 'file' || typeof item['name'] !== 'string') {
    throw badRequest("The property 'AttachmentItem' has to have an 'attachmentType' and a 'name'.");
  }
  const { name, size, contentType, contentId, isInline } = item;
  if (typeof size !== 'number' || !Number.isInteger(size)) throw badRequest("The property 'size' is required.");
  if (size < smallestUpload) throw new GraphError(400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize');
  if (size > largestUpload) throw new GraphError(400, 'ErrorAttachmentSizeLimitExceeded');
  const session = context.uploads.create({
    message,
    size,
    attachment: {
      name,
      contentType: typeof contentType === 'string' && contentType ? contentType : 'application/octet-stream',
      contentId: typeof contentId === 'string' && contentId ? contentId : undefined,
      isInline: isInline === true,
    },
  });
  const kind = `${context.request.root}/$metadata#microsoft.graph.uploadSession`;
  const address = uploadUrl(context.request.origin, session);
  return jsonAnswer({ '@odata.context': kind, uploadUrl: address, ...uploadState(session) }, 201);
};

export const deleteAttachment: Operation = async (context) => {
  const message = messageOf(context);
  const index = (await message.parsed()).attachments.indexOf(await attachmentOf(context, message));
  const draft = draftOf(await message.parsed(), message.source);
  draft.attachments.splice(index, 1);
  message.folder.replace(message, await sourceOf(draft));
  return { status: 204 };
};

/** What is attached as an item, as an item. */
async function attachedItem({ folder }: StoredMessage, { content }: Attachment): Promise<object> {
  const within = new StoredMessage({ folder, uid: 0 }, { source: content });
  const item = await renderMessage(within, readMessageView({ headers: {} }));
  return { '@odata.type': '#microsoft.graph.message', ...item, id: '' };
}

function show(
  context: GraphContext,
  message: StoredMessage,
  { attachment, item }: { readonly attachment: Attachment; readonly item?: object | undefined },
  status = 200,
) {
  const { idType } = readMessageView(context.request);
  const path = `messages('${messageId(message, idType)}')/attachments/$entity`;
  const resource = attachmentResource(message, attachment, idType);
  return jsonAnswer({ ...odataContext(context, path), ...resource, ...(item && { item }) }, status);
}

async function attachmentOf({ parameters }: GraphContext, message: StoredMessage): Promise<Attachment> {
  const key = readAttachmentKey(parameters['attachment'] ?? '');
  const { attachments } = await message.parsed();
  const found = attachments.find((candidate) => attachmentKey(candidate).equals(key));
  if (!found) throw itemNotFound();
  return found;
}
