import ICAL from 'ical.js';
import type { StoredMessage } from '../store/store.js';
import { ruleOf } from './recurrence-rule.js';
import { readNode, textAt } from './stored-node.js';
import { fromLocal, ianaZone, toLocal } from './zoned-time.js';

/** A time at which a recurring appointment takes place. */
export interface Occurrence {
  /** Where it is in the row, from 1. */
  readonly index: number;
  readonly start: Date;
  readonly end: Date;
}

/** More than any view shows; what recurs every day for ten years. */
const mostOccurrences = 3650;

/** The name under which the starts of occurrences are kept that were deleted. */
export const deletedOccurrences = 'occurrences:deleted';

/** The occurrences of a recurring appointment, those before a time where one is given, without those that were deleted; none, where it does not recur. */
export function occurrencesOf({ properties }: StoredMessage, until?: Date): Occurrence[] {
  const recurrence = readNode(properties.get('calendar:Recurrence'));
  const rule = recurrence && ruleOf(recurrence);
  if (!rule) return [];
  const [start, end] = ['Start', 'End'].map((name) => new Date(String(properties.get(`calendar:${name}`))));
  const zone = zoneOf({ properties });
  const length = end!.getTime() - start!.getTime();
  const deleted = new Set([properties.get(deletedOccurrences) ?? []].flat());
  const first = ICAL.Time.fromJSDate(toLocal(start!, zone), true);
  const times = ICAL.Recur.fromString(rule).iterator(first);
  const occurrences: Occurrence[] = [];
  for (let index = 1; index <= mostOccurrences; index++) {
    const next = times.next();
    const at = next && fromLocal(next.toJSDate(), zone);
    if (!at || (until && at >= until)) break;
    if (!deleted.has(at.toISOString())) occurrences.push({ index, start: at, end: new Date(at.getTime() + length) });
  }
  return occurrences;
}

/** The zone whose clock an appointment recurs by: an IANA name. */
export function zoneOf({ properties }: Pick<StoredMessage, 'properties'>): string {
  const [start, meeting] = ['StartTimeZone', 'MeetingTimeZone'].map((name) =>
    readNode(properties.get(`calendar:${name}`)),
  );
  const id = properties.get('calendar:StartTimeZoneId');
  const given = start?.attributes['Id'] ?? meeting?.attributes['TimeZoneName'] ?? textAt(meeting, 'TimeZoneName');
  return ianaZone(given ?? (typeof id === 'string' ? id : undefined));
}
