import { isOwn } from '../../calendar/appointment-meeting.js';
import { removeOccurrence } from '../../calendar/change-appointment.js';
import { placeOf } from '../../calendar/occurrence-item.js';
import { callOff } from '../../calendar/organize.js';
import { answerEach } from '../soap.js';
import {
  listedIds,
  resolveMailFolder,
  resolveMessage,
  targetFolder,
  type Operation,
  type RequestContext,
} from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { itemIdNode } from '../ids.js';
import { elementOf, kindOf } from '../items/item-kinds.js';
import { find, textOf, xml, type XmlElement, isTrue } from '../xml.js';
import type { StoredFolder, StoredMessage } from '../../store/store.js';

export const moveItem: Operation = (request, context) =>
  transfer('MoveItem', { request, context }, (message, to) => message.folder.move(message, to));

export const copyItem: Operation = (request, context) =>
  transfer('CopyItem', { request, context }, (message, to) => message.folder.copy(message, to));

export const deleteItem: Operation = (request, context) => {
  const type = request.attributes['DeleteType'];
  if (!type) throw schemaViolation("The required attribute 'DeleteType' is missing.");
  return answerEach('DeleteItem', listedIds(request, 'ItemIds'), async (id) => {
    const message = resolveMessage(id, context);
    const kind = kindOf(message)?.element;
    if (kind === 'Task' && !request.attributes['AffectedTaskOccurrences'])
      throw new EwsError('ErrorAffectedTaskOccurrencesRequired');
    if (kind === 'CalendarItem') await cancelMeeting(message, request.attributes['SendMeetingCancellations'], context);
    const place = placeOf(message);
    const { folder } = message;
    if (place) removeOccurrence(place);
    else if (type === 'MoveToDeletedItems') folder.move(message, folder.account.folder('deleteditems'));
    else folder.remove(message);
    return undefined;
  });
};

async function cancelMeeting(
  message: StoredMessage,
  mode: string | undefined,
  { store }: RequestContext,
): Promise<void> {
  if (!mode) throw new EwsError('ErrorSendMeetingCancellationsRequired');
  if (isOwn(message) && mode !== 'SendToNone')
    await callOff(message, { keepsCopy: mode === 'SendToAllAndSaveCopy' }, store);
}

/** Nobody has an archive. */
export const archiveItem: Operation = (request) =>
  answerEach(
    'ArchiveItem',
    listedIds(request, 'ItemIds'),
    () => {
      throw new EwsError('ErrorArchiveMailboxNotEnabled');
    },
    xml('m:Items', {}),
  );

export const markAllItemsAsRead: Operation = (request, context) => {
  const isRead = isTrue(textOf(find(request, 'ReadFlag')));
  return answerEach('MarkAllItemsAsRead', listedIds(request, 'FolderIds'), (id) => {
    const folder = resolveMailFolder(id, context);
    for (const message of folder.messages) folder.setFlag(message, '\\Seen', isRead);
    return undefined;
  });
};

export const markAsJunk: Operation = (request, context) => {
  const [isJunk, moves] = ['IsJunk', 'MoveItem'].map((name) => isTrue(request.attributes[name]));
  return answerEach('MarkAsJunk', listedIds(request, 'ItemIds'), (id) => {
    const message = resolveMessage(id, context);
    if (!moves) return undefined;
    const { folder } = message;
    return itemIdNode(folder.move(message, folder.account.folder(isJunk ? 'junkemail' : 'inbox')), 'm:MovedItemId');
  });
};

interface Transfer {
  readonly request: XmlElement;
  readonly context: RequestContext;
}

function transfer(
  name: string,
  { request, context }: Transfer,
  put: (message: StoredMessage, to: StoredFolder) => StoredMessage,
) {
  const target = targetFolder(request, context);
  return answerEach(
    name,
    listedIds(request, 'ItemIds'),
    (id) => {
      const message = resolveMessage(id, context);
      if (placeOf(message)) throw new EwsError('ErrorCalendarCannotMoveOrCopyOccurrence');
      const placed = put(message, target());
      return xml('m:Items', {}, xml(elementOf(placed), {}, itemIdNode(placed)));
    },
    xml('m:Items', {}),
  );
}
