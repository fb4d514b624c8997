import type { MailStore, StoredMessage } from '../store/store.js';
import { timesOf } from './appointment-time.js';
import { attendeesOf } from './attendees.js';
import { changeAppointment } from './change-appointment.js';
import type { Attendee } from './meeting.js';
import { callOff, invite } from './organize.js';

/** Who comes to an appointment, and when. */
export interface Arrangement {
  readonly attendees: readonly Attendee[];
  readonly times: string;
}

export interface Change {
  readonly before: Arrangement;
  /** Whether those alone are told who were not on it before. */
  readonly newOnly: boolean;
  /** Whether copies are kept in Sent Items. */
  readonly keepsCopy: boolean;
}

export function arrangementOf(item: StoredMessage): Arrangement {
  return { attendees: attendeesOf(item), times: timesOf(item) };
}

/** Invites those who are new or, where that is wanted, all; and tells those that it is called off who are not on it any more. */
export async function tellOfChange(
  item: StoredMessage,
  { before, newOnly, keepsCopy }: Change,
  store: MailStore,
): Promise<void> {
  const { attendees: now, times } = arrangementOf(item);
  const has = (list: readonly Attendee[], { address }: Attendee) => list.some((each) => each.address === address);
  const sequence = Number(item.properties.get('calendar:AppointmentSequenceNumber') ?? 0);
  const isMoved = before.times !== times;
  const told = isMoved ? changeAppointment(item, [['calendar:AppointmentSequenceNumber', String(sequence + 1)]]) : item;
  const added = now.filter((attendee) => !has(before.attendees, attendee));
  const removed = before.attendees.filter((attendee) => !has(now, attendee));
  await invite(told, { keepsCopy, to: newOnly ? added : now }, store);
  await callOff(told, { keepsCopy, to: removed }, store);
}
