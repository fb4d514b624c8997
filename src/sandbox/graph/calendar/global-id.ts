import { meetingUid } from '../../calendar/meeting-uid.js';
import { placeOf } from '../../calendar/occurrence-item.js';
import { zoneOf } from '../../calendar/occurrences.js';
import { toLocal } from '../../calendar/zoned-time.js';
import type { StoredMessage } from '../../store/store.js';

const classId = '040000008200E00074C5B7101A82E008';

/** An event's `iCalUId`: an occurrence has its day in it. [MS-OXOCAL] section 2.2.1.27 */
export function globalId(event: StoredMessage): string {
  const uid = meetingUid(event);
  const place = placeOf(event);
  if (!place || !uid.startsWith(classId)) return uid;
  const day = toLocal(place.occurrence.original, zoneOf(place.master));
  const octets = Buffer.alloc(4);
  octets.writeUInt16BE(day.getUTCFullYear());
  octets[2] = day.getUTCMonth() + 1;
  octets[3] = day.getUTCDate();
  return classId + octets.toString('hex').toUpperCase() + uid.slice(classId.length + 8);
}
