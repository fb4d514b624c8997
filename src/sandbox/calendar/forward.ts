import type { Address } from '../message/address.js';
import { compose, draftOf, emptyDraft, type Draft } from '../message/draft.js';
import { submit } from '../message/submit.js';
import type { Account, MailStore, StoredMessage } from '../store/store.js';
import { isOwn, meetingOf } from './appointment-meeting.js';
import { attendeeProperties, attendeesOf } from './attendees.js';
import { changeAppointment } from './change-appointment.js';
import { findAppointment } from './find-appointment.js';
import type { Attendee, Meeting } from './meeting.js';
import { meetingUid, recurrenceIdOf } from './meeting-uid.js';
import { sendMeeting } from './send-meeting.js';

/** Invites others to a meeting that one organizes or is invited to; its organizer is told who was, and by whom. */
export async function forward(
  item: StoredMessage,
  { to, body }: { readonly to: readonly Address[]; readonly body: Draft['body'] },
  store: MailStore,
): Promise<void> {
  const meeting = await meetingOf(item, 'REQUEST');
  const added = to.map(({ name, address }): Attendee => ({
    name,
    address,
    list: 'RequiredAttendees',
    response: 'Unknown',
  }));
  const itemClass = 'IPM.Schedule.Meeting.Request';
  const own = draftOf(await item.parsed(), item.source).body;
  const mail = { subject: `FW: ${meeting.subject}`, body: body.content ? body : own, itemClass, keepsCopy: true };
  await sendMeeting(item, { meeting: { ...meeting, attendees: [...meeting.attendees, ...added] }, to, ...mail }, store);
  const organizer = isOwn(item) ? item : originalOf(item, meeting.organizer, store);
  if (organizer) addAttendees(organizer, added);
  if (!isOwn(item)) await notify(meeting, { from: item.folder.account, to }, store);
}

/** As Exchange lets an organizer know. */
async function notify(
  { subject, organizer }: Meeting,
  { from, to }: { readonly from: Account; readonly to: readonly Address[] },
  store: MailStore,
): Promise<void> {
  const whom = to.map(({ address }) => address).join(', ');
  const draft: Draft = {
    ...emptyDraft(),
    from: { name: '', address: from.address },
    to: [{ name: '', address: organizer }],
    subject: `Meeting Forward Notification: ${subject}`,
    body: { type: 'Text', content: `${from.address} has forwarded your meeting request to: ${whom}\r\n` },
  };
  await submit(store, from, await compose(draft));
}

/** The organizer's own, where the organizer is one of the sandbox's. */
function originalOf(item: StoredMessage, organizer: string, store: MailStore): StoredMessage | undefined {
  const account = [...store.accounts].find(({ address }) => address === organizer);
  return account && findAppointment(account, meetingUid(item), recurrenceIdOf(item));
}

function addAttendees(item: StoredMessage, added: readonly Attendee[]): void {
  const there = attendeesOf(item);
  const isNew = ({ address }: Attendee) => !there.some((each) => each.address.toLowerCase() === address.toLowerCase());
  changeAppointment(item, attendeeProperties([...there, ...added.filter(isNew)]));
}
