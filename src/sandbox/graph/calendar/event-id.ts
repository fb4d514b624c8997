import { occurrenceItem, placeOf } from '../../calendar/occurrence-item.js';
import { occurrenceAt } from '../../calendar/occurrences.js';
import type { Account, StoredMessage } from '../../store/store.js';
import { itemNotFound } from '../graph-error.js';
import { messageId, readMessageId, type IdType } from '../ids.js';
import { calendars } from './calendars.js';

/** An event's id: of an occurrence, its series' and where in it it is. */
export function eventId(event: StoredMessage, type: IdType): string {
  const place = placeOf(event);
  if (!place) return messageId(event, type);
  const index = Buffer.alloc(4);
  index.writeUInt32BE(place.occurrence.index);
  return messageId(place.master, type) + index.toString('base64url');
}

/** @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound */
export function findEvent(account: Account, id: string): StoredMessage {
  const [, masterId = id, suffix] = /^(.*[\w-]{24})([\w-]{6})$/.exec(id.length > 32 ? id : '') ?? [];
  const event = account.messageById(readMessageId(masterId));
  if (!event || !calendars(account).includes(event.folder)) throw itemNotFound();
  if (suffix === undefined) return event;
  const occurrence = occurrenceAt(event, Buffer.from(suffix, 'base64url').readUInt32BE());
  if (!occurrence || occurrence === 'deleted') throw itemNotFound();
  return occurrenceItem(event, occurrence);
}
