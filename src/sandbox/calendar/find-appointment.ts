import type { Account, StoredMessage } from '../store/store.js';
import { meetingUid, recurrenceIdOf } from './meeting-uid.js';
import { occurrenceItem } from './occurrence-item.js';
import { occurrenceBeginning } from './occurrences.js';

/** The appointment in an account's calendar that bears an id of calendars or, of one that recurs, the occurrence that begins at a time by its rule. */
export function findAppointment(account: Account, uid: string, recurrenceId?: Date): StoredMessage | undefined {
  const items = account.otherFolder('calendar')?.messages.filter((item) => meetingUid(item) === uid) ?? [];
  if (!recurrenceId) return items.find((item) => !recurrenceIdOf(item));
  for (const item of items) {
    // It may be in the calendar alone, without its row.
    if (recurrenceIdOf(item)?.getTime() === recurrenceId.getTime()) return item;
    const occurrence = occurrenceBeginning(item, recurrenceId);
    if (occurrence) return occurrenceItem(item, occurrence);
  }
  return undefined;
}

/** The appointment that a mail is about. */
export function appointmentAbout(mail: StoredMessage): StoredMessage | undefined {
  return findAppointment(mail.folder.account, meetingUid(mail), recurrenceIdOf(mail));
}
