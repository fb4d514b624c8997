import { respond } from '../../calendar/respond.js';
import { callOff } from '../../calendar/organize.js';
import { removeOccurrence } from '../../calendar/change-appointment.js';
import { appointmentAbout } from '../../calendar/find-appointment.js';
import { placeOf } from '../../calendar/occurrence-item.js';
import { isOwn } from '../../calendar/appointment-meeting.js';
import type { Draft } from '../../message/draft.js';
import type { StoredMessage } from '../../store/store.js';
import { resolveMessage, type RequestContext } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { itemIdNode } from '../ids.js';
import { elementOf, kindOf } from '../items/item-kinds.js';
import { find, textOf, xml, type XmlElement, type XmlNode } from '../xml.js';

/** Answers to meetings that CreateItem takes, and their names in errors. */
const answers = {
  AcceptItem: { response: 'Accept', name: 'Accept' },
  TentativelyAcceptItem: { response: 'Tentative', name: 'Tentative' },
  DeclineItem: { response: 'Decline', name: 'Decline' },
} as const;

export function isMeetingResponse(name: string): boolean {
  return Object.hasOwn(answers, name) || name === 'CancelCalendarItem' || name === 'RemoveItem';
}

/** Does what a response object says about a meeting: an answer, the end of one's own, or taking away what was called off. */
export async function respondToMeeting(
  element: XmlElement,
  disposition: string | undefined,
  context: RequestContext,
): Promise<XmlNode> {
  const reference = find(element, 'ReferenceItemId');
  if (!reference) throw schemaViolation("The element 'ReferenceItemId' is missing.");
  const referred = resolveMessage(reference, context);
  const item = appointmentOf(referred);
  const sends = disposition !== 'SaveOnly';
  const telling = { body: bodyOf(element), sends, keepsCopy: disposition === 'SendAndSaveCopy' };
  if (element.name === 'RemoveItem') return removeCalledOff(referred, item);
  if (element.name === 'CancelCalendarItem') return cancel(item, telling, context);
  const { response, name } = answers[element.name as keyof typeof answers];
  if (!item || kindOf(referred)?.element === 'MeetingCancellation')
    throw new EwsError(`ErrorInvalidItemForOperation${name === 'Tentative' ? name : `${name}Item`}`);
  if (isOwn(item)) throw new EwsError(`ErrorCalendarIsOrganizerFor${name}`);
  if (item.properties.get('calendar:IsCancelled') === 'true') throw new EwsError(`ErrorCalendarIsCancelledFor${name}`);
  if (referred.properties.get('meeting:IsOutOfDate') === 'true')
    throw new EwsError('ErrorCalendarMeetingRequestIsOutOfDate');
  const copy = await respond(item, { response, ...telling }, context.store);
  // Exchange takes what is answered out of the way, and what is declined out of the calendar.
  const mail = referred === item ? undefined : throwAway(referred);
  return answered(copy, response === 'Decline' ? throwAway(item) : item, mail);
}

async function cancel(
  item: StoredMessage | undefined,
  { body, sends, keepsCopy }: { readonly body: Draft['body']; readonly sends: boolean; readonly keepsCopy: boolean },
  { store }: RequestContext,
): Promise<XmlNode> {
  if (!item) throw new EwsError('ErrorInvalidItemForOperationCancelItem');
  if (!isOwn(item)) throw new EwsError('ErrorCalendarIsNotOrganizer');
  if (sends) await callOff(item, { keepsCopy, ...(body.content && { body }) }, store);
  return answered(throwAway(item));
}

function removeCalledOff(referred: StoredMessage, item: StoredMessage | undefined): XmlNode {
  if (kindOf(referred)?.element !== 'MeetingCancellation') throw new EwsError('ErrorInvalidItemForOperationRemoveItem');
  return answered(item && throwAway(item), throwAway(referred));
}

/** The appointment itself, or that which a mail is about. */
function appointmentOf(referred: StoredMessage): StoredMessage | undefined {
  const kind = kindOf(referred)?.element;
  if (kind === 'CalendarItem') return referred;
  const isAboutMeeting = kind === 'MeetingRequest' || kind === 'MeetingCancellation';
  return isAboutMeeting ? appointmentAbout(referred) : undefined;
}

/** Gives what is in Deleted Items then; an occurrence leaves nothing there. */
function throwAway(message: StoredMessage): StoredMessage | undefined {
  const place = placeOf(message);
  if (!place) return message.folder.move(message, message.folder.account.folder('deleteditems'));
  removeOccurrence(place);
  return undefined;
}

function answered(...items: readonly (StoredMessage | undefined)[]): XmlNode {
  const there = items.filter((item) => item !== undefined);
  return xml('m:Items', {}, ...there.map((item) => xml(elementOf(item), {}, itemIdNode(item))));
}

function bodyOf(element: XmlElement): Draft['body'] {
  const body = find(element, 'Body') ?? find(element, 'NewBodyContent');
  return { type: body?.attributes['BodyType'] === 'HTML' ? 'HTML' : 'Text', content: textOf(body) ?? '' };
}
