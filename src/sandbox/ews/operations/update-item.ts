import { appointmentTime } from '../../calendar/appointment-time.js';
import { answerEach } from '../soap.js';
import { isOwn } from '../../calendar/appointment-meeting.js';
import { changeAppointment, leavesItsPlace } from '../../calendar/change-appointment.js';
import { placeOf, type Place } from '../../calendar/occurrence-item.js';
import { arrangementOf, tellOfChange } from '../../calendar/tell-of-change.js';
import { listedIds, resolveMessage, type Operation, type RequestContext } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { isCurrent, itemIdNode } from '../ids.js';
import {
  appendProperty,
  deleteProperty,
  editedSource,
  editOf,
  setProperty,
  type ItemEdit,
} from '../items/item-edit.js';
import { submit } from '../items/submit.js';
import { checkTimes } from '../items/appointment-times.js';
import { elementOf, kindOf } from '../items/item-kinds.js';
import { listOf, mergeEntry } from '../items/kind-fields.js';
import { childElements, find, xml, type XmlElement, type XmlNode } from '../xml.js';
import type { StoredMessage } from '../../store/store.js';

export const updateItem: Operation = (request, context) => {
  const resolution = request.attributes['ConflictResolution'];
  const disposition = request.attributes['MessageDisposition'];
  if (!resolution) throw schemaViolation("The required attribute 'ConflictResolution' is missing.");
  return answerEach(
    'UpdateItem',
    listedIds(request, 'ItemChanges'),
    async (change) => {
      const id = find(change, 'ItemId') ?? find(change, 'OccurrenceItemId') ?? find(change, 'RecurringMasterItemId');
      if (!id) throw schemaViolation("The element 'ItemId' is missing.");
      const message = resolveMessage(id, context);
      refuseConflict(id, message, resolution);
      await updateAndTell(message, childElements(find(change, 'Updates')), { request, context });
      if (disposition === 'SaveOnly' || disposition === undefined || kindOf(message))
        return updated(xml(elementOf(message), {}, itemIdNode(message)));
      const sent = await submit(context.store, message.folder.account, message.source);
      message.folder.remove(message);
      const copy = { source: sent, flags: ['\\Seen'], properties: message.properties, searchKey: message.searchKey };
      if (disposition === 'SendAndSaveCopy') message.folder.account.folder('sentitems').add(copy);
      return updated();
    },
    xml('m:Items', {}),
  );
};

function updated(item?: XmlNode) {
  const items = xml('m:Items', {}, item);
  return [items, xml('m:ConflictResults', {}, xml('t:Count', {}, 0))];
}

/** AutoResolve merges, as long as a change key says which state was seen; AlwaysOverwrite asks for none. */
function refuseConflict(id: XmlElement, message: StoredMessage, resolution: string): void {
  if (resolution === 'AlwaysOverwrite') return;
  if (!id.attributes['ChangeKey']) throw new EwsError('ErrorChangeKeyRequiredForWriteOperations');
  if (!isCurrent(id, message) && resolution === 'NeverOverwrite') throw new EwsError('ErrorIrresolvableConflict');
}

/** As {@link update}; whoever organizes a meeting may tell of it those whom it concerns. */
async function updateAndTell(
  message: StoredMessage,
  updates: readonly XmlElement[],
  { request, context }: { readonly request: XmlElement; readonly context: RequestContext },
): Promise<void> {
  if (kindOf(message)?.element !== 'CalendarItem') return void (await update(message, updates));
  const mode = request.attributes['SendMeetingInvitationsOrCancellations'];
  if (!mode) throw new EwsError('ErrorSendMeetingInvitationsOrCancellationsRequired', { fault: true });
  const before = arrangementOf(message);
  const now = await update(message, updates);
  if (mode === 'SendToNone' || !isOwn(now)) return;
  const telling = { newOnly: mode.includes('Changed'), keepsCopy: mode.endsWith('AndSaveCopy') };
  await tellOfChange(now, { before, ...telling }, context.store);
}

/** Gives it as it is then. */
async function update(message: StoredMessage, updates: readonly XmlElement[]): Promise<StoredMessage> {
  const mimeContent = updates.map((change) => find(childElements(change)[1], 'MimeContent')).find(Boolean);
  const edit = await editOf(message, mimeContent);
  for (const change of updates) {
    if (find(childElements(change)[1], 'MimeContent')) continue;
    if (!mergeChange(edit, change, message)) applyChange(edit, change);
  }
  checkTimes(edit, message);
  const place = placeOf(message);
  if (place) checkPlace(place, edit);
  const flagged = place?.master ?? message;
  for (const [flag, on] of edit.flags) flagged.folder.setFlag(flagged, flag, on);
  return changeAppointment(
    message,
    edit.properties,
    edit.draftChanged || mimeContent ? await editedSource(edit) : undefined,
  );
}

function checkPlace(place: Place, edit: ItemEdit): void {
  if (edit.properties.has('calendar:Recurrence')) throw new EwsError('ErrorInvalidPropertySet');
  if (leavesItsPlace(place, appointmentTime(edit, 'Start'))) throw new EwsError('ErrorOccurrenceCrossingBoundary');
}

/** One entry of a contact's addresses and numbers; false where the change is of something else. */
function mergeChange(edit: ItemEdit, change: XmlElement, { properties }: StoredMessage): boolean {
  const [path, item] = childElements(change);
  if (path?.name !== 'IndexedFieldURI' || !path.attributes['FieldURI']?.startsWith('contacts:')) return false;
  const uri = `contacts:${listOf(path.attributes['FieldURI'])}`;
  const kept = edit.properties.has(uri) ? edit.properties.get(uri) : properties.get(uri);
  edit.properties.set(uri, mergeEntry(kept, path, childElements(item)[0]));
  return true;
}

function applyChange(edit: ItemEdit, change: XmlElement): void {
  const [path, item] = childElements(change);
  if (!path) throw schemaViolation(`The element '${change.name}' has incomplete content.`);
  if (change.name === 'DeleteItemField') return deleteProperty(edit, path);
  const values = childElements(item);
  if (values.length !== 1) throw new EwsError('ErrorIncorrectUpdatePropertyCount');
  if (change.name === 'AppendToItemField') appendProperty(edit, values[0]!);
  else setProperty(edit, values[0]!);
}
