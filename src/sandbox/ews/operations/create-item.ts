import { answerEach } from '../soap.js';
import { listedIds, resolveMailFolder, resolveMessage, type Operation, type RequestContext } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { textToHtml } from '../../message/body-text.js';
import { replyDraft, type ReplyKind } from '../../message/reply-draft.js';
import { checkTimes } from '../items/appointment-times.js';
import { itemIdNode } from '../ids.js';
import { elementOf, kindOfElement, type ItemKind } from '../items/item-kinds.js';
import { invite } from '../../calendar/organize.js';
import { isMeetingResponse, respondToMeeting } from './respond-to-meeting.js';
import { readAttachments } from '../items/item-attachments.js';
import { editedSource, newItem, type ItemEdit } from '../items/item-edit.js';
import { submit } from '../items/submit.js';
import { childElements, find, textOf, xml, type XmlElement, type XmlNode } from '../xml.js';
import { keptOf } from '../../store/property-changes.js';
import type { StoredFolder, StoredMessage } from '../../store/store.js';

export const createItem: Operation = (request, context) => {
  const items = listedIds(request, 'Items');
  const disposition = request.attributes['MessageDisposition'];
  const isMail = items.some(({ name }) => !kindOfElement(name));
  if (isMail && !disposition) throw new EwsError('ErrorMessageDispositionRequired', { fault: true });
  const isCalendar = items.some(({ name }) => name === 'CalendarItem');
  if (isCalendar && !request.attributes['SendMeetingInvitations'])
    throw new EwsError('ErrorSendMeetingInvitationsRequired', { fault: true });
  const answer = (element: XmlElement) => create(element, { disposition, request, context });
  return answerEach('CreateItem', items, answer, xml('m:Items', {}));
};

interface Creation {
  readonly disposition: string | undefined;
  readonly request: XmlElement;
  readonly context: RequestContext;
}

async function create(element: XmlElement, { disposition, request, context }: Creation): Promise<XmlNode> {
  if (isMeetingResponse(element.name)) return respondToMeeting(element, disposition, context);
  const target = childElements(find(request, 'SavedItemFolderId'))[0];
  const folder = target && resolveMailFolder(target, context);
  const edit = await startItem(element, context);
  const attachments = await readAttachments(find(element, 'Attachments'));
  edit.draft.attachments.push(...attachments);
  edit.draftChanged ||= attachments.length > 0;
  edit.draft.from ??= { name: '', address: context.account.address };
  checkTimes(edit);
  const source = await editedSource(edit);
  if (edit.kind) return keep(edit, { source, folder, kind: edit.kind, request, context });
  if (disposition === 'SaveOnly') {
    const saved = save(edit, source, folder ?? context.account.folder('drafts'), true);
    return xml('m:Items', {}, xml('t:Message', {}, itemIdNode(saved)));
  }
  const sent = await submit(context.store, context.account, source);
  if (disposition === 'SendAndSaveCopy') save(edit, sent, folder ?? context.account.folder('sentitems'), false);
  return xml('m:Items', {});
}

interface Keeping extends Pick<Creation, 'request' | 'context'> {
  readonly source: Buffer;
  readonly folder: StoredFolder | undefined;
  readonly kind: ItemKind;
}

/** Keeps what is no mail, and sends those an invitation whom an appointment names. */
async function keep(edit: ItemEdit, { source, folder, kind, request, context }: Keeping): Promise<XmlNode> {
  const home = folder ?? context.account.otherFolder(kind.home ?? '') ?? context.account.folder('inbox');
  if (!edit.properties.has('item:ItemClass')) edit.properties.set('item:ItemClass', kind.itemClass);
  if (kind.element === 'CalendarItem' && context.timeZone && !edit.properties.has('calendar:StartTimeZone'))
    edit.properties.set('calendar:StartTimeZoneId', context.timeZone);
  const kept = save(edit, source, home, false);
  const invites = request.attributes['SendMeetingInvitations'] ?? 'SendToNone';
  const keepsCopy = invites === 'SendToAllAndSaveCopy';
  if (kind.element === 'CalendarItem' && invites !== 'SendToNone') await invite(kept, { keepsCopy }, context.store);
  return xml('m:Items', {}, xml(elementOf(kept), {}, itemIdNode(kept)));
}

/** A new message, or the answer to one. */
function startItem(element: XmlElement, context: RequestContext): Promise<ItemEdit> {
  const kind = answers.get(element.name);
  if (kind) return answerTo(element, kind, context);
  if (element.name === 'Message' || element.name === 'Item' || kindOfElement(element.name)) return newItem(element);
  throw new EwsError('ErrorInvalidItemForOperationCreateItem');
}

const answers: ReadonlyMap<string, ReplyKind> = new Map([
  ['ReplyToItem', 'reply'],
  ['ReplyAllToItem', 'replyAll'],
  ['ForwardItem', 'forward'],
]);

async function answerTo(element: XmlElement, kind: ReplyKind, context: RequestContext): Promise<ItemEdit> {
  const reference = find(element, 'ReferenceItemId');
  if (!reference) throw schemaViolation("The element 'ReferenceItemId' is missing.");
  const comment = find(element, 'NewBodyContent');
  const text = textOf(comment) ?? '';
  const html = comment?.attributes['BodyType'] === 'HTML' ? text : textToHtml(text);
  const draft = await replyDraft(kind, resolveMessage(reference, context), html);
  const ownFields = childElements(element).filter(
    ({ name }) => name !== 'ReferenceItemId' && name !== 'NewBodyContent',
  );
  return newItem({ ...element, children: ownFields }, draft);
}

function save(edit: ItemEdit, source: Buffer, folder: StoredFolder, isDraft: boolean): StoredMessage {
  const flags = new Map([['\\Seen', true], ['\\Draft', isDraft], ...edit.flags]);
  return folder.add({
    source,
    properties: keptOf(edit.properties),
    flags: [...flags].filter(([, on]) => on).map(([flag]) => flag),
    ...(edit.receivedAt && { receivedAt: edit.receivedAt }),
  });
}
