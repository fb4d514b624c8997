import { placeOf } from '../../calendar/occurrence-item.js';
import type { StoredMessage } from '../../store/store.js';
import { messageId, type IdType } from '../ids.js';

/** An event's id: of an occurrence, its series' and where in it it is. */
export function eventId(event: StoredMessage, type: IdType): string {
  const place = placeOf(event);
  if (!place) return messageId(event, type);
  const index = Buffer.alloc(4);
  index.writeUInt32BE(place.occurrence.index);
  return messageId(place.master, type) + index.toString('base64url');
}
