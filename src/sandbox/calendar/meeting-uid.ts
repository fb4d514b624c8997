import type { StoredMessage } from '../store/store.js';

/** A global object ID without the date of an occurrence, the time that it was made, and what is its own. [MS-OXOCAL] section 2.2.1.27 */
const head = `040000008200E00074C5B7101A82E008${'0'.repeat(40)}12000000`;

/** What an appointment is called in every calendar that it is in. */
export function meetingUid({ properties, immutableId }: Pick<StoredMessage, 'properties' | 'immutableId'>): string {
  const given = properties.get('calendar:UID');
  if (typeof given === 'string') return given;
  return head + Buffer.from(immutableId, 'base64').toString('hex').toUpperCase();
}

/** Which occurrence of its row it is, or is about: when that begins by the rule. */
export function recurrenceIdOf({ properties }: Pick<StoredMessage, 'properties'>): Date | undefined {
  const given = properties.get('calendar:RecurrenceId');
  return typeof given === 'string' ? new Date(given) : undefined;
}
