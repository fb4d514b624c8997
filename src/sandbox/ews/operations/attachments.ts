import { answerEach } from '../soap.js';
import { attachmentNode } from '../items/attachments.js';
import { maxSentSize } from '../../message/size-limits.js';
import { attachmentKey, isMessage } from '../../message/attachments.js';
import { listedIds, resolveMessage, type Operation, type RequestContext } from '../context.js';
import { draftOf, compose } from '../../message/draft.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { attachmentId, changeKey, readAttachmentId } from '../ids.js';
import { readAttachments } from '../items/item-attachments.js';
import { readItemShape, renderItem, type ItemShape } from '../items/item-shape.js';
import { changeAppointment } from '../../calendar/change-appointment.js';
import { find, xml, type XmlElement, type XmlNode } from '../xml.js';
import { StoredMessage } from '../../store/store.js';

export const getAttachment: Operation = (request, context) => {
  const shape = nestedShape(find(request, 'AttachmentShape'));
  return answerEach(
    'GetAttachment',
    listedIds(request, 'AttachmentIds'),
    (id) => answer(id, shape, context),
    xml('m:Attachments', {}),
  );
};

export const createAttachment: Operation = (request, context) => {
  const parent = find(request, 'ParentItemId');
  if (!parent) throw schemaViolation("The element 'ParentItemId' is missing.");
  return answerEach(
    'CreateAttachment',
    listedIds(request, 'Attachments'),
    async (element) => {
      const message = resolveMessage(parent, context);
      const draft = draftOf(await message.parsed(), message.source);
      draft.attachments.push(...(await readAttachments({ ...element, children: [element] })));
      const composed = await compose(draft);
      if (composed.length > maxSentSize) throw new EwsError('ErrorAttachmentSizeLimitExceeded');
      const changed = changeAppointment(message, [], composed);
      const root = { RootItemId: changed.id, RootItemChangeKey: changeKey(changed) };
      const id = xml('t:AttachmentId', { Id: await newestId(changed, draft.attachments.at(-1)!.content), ...root });
      return xml('m:Attachments', {}, xml(`t:${element.name}`, {}, id));
    },
    xml('m:Attachments', {}),
  );
};

export const deleteAttachment: Operation = (request, context) =>
  answerEach('DeleteAttachment', listedIds(request, 'AttachmentIds'), async (id) => {
    const { message, attachment } = await resolveAttachment(id, context);
    const draft = draftOf(await message.parsed(), message.source);
    draft.attachments = draft.attachments.filter(({ content }) => !content.equals(attachment.content));
    const changed = changeAppointment(message, [], await compose(draft));
    return xml('m:RootItemId', { RootItemId: changed.id, RootItemChangeKey: changeKey(changed) });
  });

/** The attachment that an AttachmentId names, and the message that has it. */
async function resolveAttachment(idElement: XmlElement, context: RequestContext) {
  const { messageId, key } = readAttachmentId(idElement);
  const message = resolveMessage({ ...idElement, attributes: { Id: messageId } }, context);
  const { attachments } = await message.parsed();
  const attachment = attachments.find((candidate) => attachmentKey(candidate).equals(key));
  if (!attachment) throw new EwsError('ErrorItemNotFound');
  return { message, attachment };
}

async function newestId(message: StoredMessage, content: Buffer): Promise<string> {
  const added = (await message.parsed()).attachments.findLast((attachment) => attachment.content.equals(content));
  if (!added) throw new EwsError('ErrorInternalServerError');
  return attachmentId(message, attachmentKey(added));
}

/** How an attached message is shown; AttachmentShape says the same things of it as an ItemShape. */
function nestedShape(shape: XmlElement | undefined): ItemShape {
  const base: XmlElement = { name: 'BaseShape', namespace: '', attributes: {}, children: ['AllProperties'] };
  const children = [base, ...(shape?.children ?? [])];
  return readItemShape({ name: 'ItemShape', namespace: '', attributes: {}, children }, 'attachment');
}

async function answer(idElement: XmlElement, shape: ItemShape, context: RequestContext): Promise<XmlNode> {
  const { message, attachment } = await resolveAttachment(idElement, context);
  const content = isMessage(attachment)
    ? await renderItem(new StoredMessage({ folder: message.folder, uid: 0 }, { source: attachment.content }), shape)
    : xml('t:Content', {}, attachment.content.toString('base64'));
  return xml('m:Attachments', {}, attachmentNode(message, attachment, content));
}
