import type { Draft } from '../message/draft.js';
import { draftOf } from '../message/draft.js';
import type { MailStore, StoredMessage } from '../store/store.js';
import { meetingOf } from './appointment-meeting.js';
import { attendeesOf } from './attendees.js';
import { changeAppointment } from './change-appointment.js';
import type { Attendee } from './meeting.js';
import { sendMeeting } from './send-meeting.js';

/** Whom an organizer tells, by the names of EWS's SendMeetingInvitations and its like. */
export interface Telling {
  /** Those who are told. @default all attendees */
  readonly to?: readonly Attendee[];
  /** Whether a copy is kept in Sent Items. */
  readonly keepsCopy: boolean;
}

/** Invites to an appointment, or tells of a change of it. */
export async function invite(item: StoredMessage, telling: Telling, store: MailStore): Promise<void> {
  const { subject, body } = await draftIn(item);
  const meeting = await meetingOf(item, 'REQUEST');
  const { to = meeting.attendees, keepsCopy } = telling;
  const itemClass = 'IPM.Schedule.Meeting.Request';
  await sendMeeting(item, { meeting, to, subject, body, itemClass, keepsCopy }, store);
  if (to.length > 0) changeAppointment(item, [['calendar:MeetingRequestWasSent', 'true']]);
}

/** Calls an appointment off. */
export async function callOff(
  item: StoredMessage,
  { to = attendeesOf(item), keepsCopy, body }: Telling & { readonly body?: Draft['body'] },
  store: MailStore,
): Promise<StoredMessage | undefined> {
  const draft = await draftIn(item);
  const meeting = await meetingOf(item, 'CANCEL');
  return await sendMeeting(
    item,
    {
      meeting: { ...meeting, attendees: to },
      to,
      subject: `Canceled: ${draft.subject}`,
      body: body ?? draft.body,
      itemClass: 'IPM.Schedule.Meeting.Canceled',
      keepsCopy,
    },
    store,
  );
}

async function draftIn(item: StoredMessage): Promise<Draft> {
  return draftOf(await item.parsed(), item.source);
}
