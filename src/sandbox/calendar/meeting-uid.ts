import type { StoredMessage } from '../store/store.js';

/** What an appointment is called in every calendar that it is in; Exchange's own begin with this class id. */
export function meetingUid({ properties, immutableId }: Pick<StoredMessage, 'properties' | 'immutableId'>): string {
  const given = properties.get('calendar:UID');
  if (typeof given === 'string') return given;
  return `040000008200E00074C5B7101A82E008${Buffer.from(immutableId, 'base64').toString('hex').toUpperCase()}`;
}

/** Which occurrence of its row it is, or is about: when that begins by the rule. */
export function recurrenceIdOf({ properties }: Pick<StoredMessage, 'properties'>): Date | undefined {
  const given = properties.get('calendar:RecurrenceId');
  return typeof given === 'string' ? new Date(given) : undefined;
}
