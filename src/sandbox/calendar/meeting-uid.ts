import type { StoredMessage } from '../store/store.js';

/** What an appointment is called in every calendar that it is in; Exchange's own begin with this class id. */
export function meetingUid({ properties, immutableId }: Pick<StoredMessage, 'properties' | 'immutableId'>): string {
  const given = properties.get('calendar:UID');
  if (typeof given === 'string') return given;
  return `040000008200E00074C5B7101A82E008${Buffer.from(immutableId, 'base64').toString('hex').toUpperCase()}`;
}
