import type { Account, StoredMessage } from '../store/store.js';
import { meetingUid } from './meeting-uid.js';

/** The appointment in an account's calendar that bears an id of calendars. */
export function findAppointment(account: Account, uid: string): StoredMessage | undefined {
  return account.otherFolder('calendar')?.messages.find((item) => meetingUid(item) === uid);
}
