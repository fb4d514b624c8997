import { occurrenceItem } from '../../calendar/occurrence-item.js';
import { occurrenceAt } from '../../calendar/occurrences.js';
import type { StoredMessage } from '../../store/store.js';
import type { GraphContext } from '../context.js';
import { itemNotFound } from '../graph-error.js';
import { readMessageId } from '../ids.js';
import { calendars } from './calendars.js';

/** The event that the path names. @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound */
export function eventOf({ account, parameters }: GraphContext): StoredMessage {
  const { event: id = '' } = parameters;
  const [, masterId = id, suffix] = /^(.*[\w-]{24})([\w-]{6})$/.exec(id.length > 32 ? id : '') ?? [];
  const event = account.messageById(readMessageId(masterId));
  if (!event || !calendars(account).includes(event.folder)) throw itemNotFound();
  if (suffix === undefined) return event;
  const occurrence = occurrenceAt(event, Buffer.from(suffix, 'base64url').readUInt32BE());
  if (!occurrence || occurrence === 'deleted') throw itemNotFound();
  return occurrenceItem(event, occurrence);
}
