import type { Draft } from '../message/draft.js';
import type { MailStore, StoredMessage } from '../store/store.js';
import { meetingOf } from './appointment-meeting.js';
import { changeAppointment } from './change-appointment.js';
import { sendMeeting } from './send-meeting.js';

export interface MeetingAnswer {
  readonly response: 'Accept' | 'Tentative' | 'Decline';
  /** What is said with it. */
  readonly body: Draft['body'];
  /** Whether the organizer is told, and a copy kept. */
  readonly sends: boolean;
  readonly keepsCopy: boolean;
}

const kinds = {
  Accept: { says: 'Accepted', suffix: 'Pos', status: 'Busy' },
  Tentative: { says: 'Tentative', suffix: 'Tent', status: 'Tentative' },
  Decline: { says: 'Declined', suffix: 'Neg', status: 'Free' },
} as const;

/**
 * Answers an invitation whose appointment is in the calendar: notes the answer there, and tells the organizer.
 * @returns the copy of the answer in Sent Items, where one is kept
 */
export async function respond(
  item: StoredMessage,
  { response, body, sends, keepsCopy }: MeetingAnswer,
  store: MailStore,
): Promise<StoredMessage | undefined> {
  const { folder } = item;
  const { says, suffix, status } = kinds[response];
  const answered = changeAppointment(item, [
    ['calendar:MyResponseType', response],
    ['calendar:LegacyFreeBusyStatus', status],
    ['calendar:AppointmentReplyTime', new Date().toISOString()],
  ]);
  if (!sends) return undefined;
  const meeting = await meetingOf(answered, 'REPLY');
  const { address } = folder.account;
  return await sendMeeting(
    item,
    {
      meeting: { ...meeting, attendees: [{ name: '', address, list: 'RequiredAttendees', response }] },
      to: [{ name: '', address: meeting.organizer }],
      subject: `${says}: ${meeting.subject}`,
      body,
      itemClass: `IPM.Schedule.Meeting.Resp.${suffix}`,
      keepsCopy,
    },
    store,
  );
}
