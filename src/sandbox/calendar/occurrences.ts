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

/** How far a row is followed: what recurs every day for a hundred years. */
const longestRow = 36_525;

/** More than any zone is away from UTC, in milliseconds. */
const day = 86_400_000;

/** The name under which the starts of occurrences are kept that were deleted. */
export const deletedOccurrences = 'occurrences:deleted';

/** The occurrences of a recurring appointment, those that touch a time where one is given, without those that were deleted; none, where it does not recur. */
export function occurrencesOf(
  item: StoredMessage,
  { from, until }: { readonly from?: Date; readonly until?: Date } = {},
): Occurrence[] {
  const found: Occurrence[] = [];
  const { length, place } = placing(item);
  const deleted = deletedIn(item);
  for (const { index, local } of rowOf(item)) {
    if (from && local.getTime() + length + day < from.getTime()) continue;
    const occurrence = place(index, local);
    if ((until && occurrence.start >= until) || found.length >= mostOccurrences) break;
    if ((!from || occurrence.end > from) && !deleted.has(occurrence.start.toISOString())) found.push(occurrence);
  }
  return found;
}

/** The occurrence at a place in the row; nothing where there is none, or it was deleted. */
export function occurrenceAt(item: StoredMessage, wanted: number): Occurrence | undefined {
  for (const { index, local } of rowOf(item)) {
    if (index < wanted) continue;
    const occurrence = placing(item).place(index, local);
    return deletedIn(item).has(occurrence.start.toISOString()) ? undefined : occurrence;
  }
  return undefined;
}

/** When it takes place by the clock that it recurs by, one after the other. */
function* rowOf({ properties }: StoredMessage): Generator<{ readonly index: number; readonly local: Date }> {
  const recurrence = readNode(properties.get('calendar:Recurrence'));
  const rule = recurrence && ruleOf(recurrence);
  if (!rule) return;
  const first = toLocal(new Date(String(properties.get('calendar:Start'))), zoneOf({ properties }));
  const times = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromJSDate(first, true));
  for (let index = 1; index <= longestRow; index++) {
    const next = times.next();
    if (!next) return;
    yield { index, local: next.toJSDate() };
  }
}

/** How long an appointment lasts, and what takes its times by its clock to those of the world. */
function placing({ properties }: StoredMessage) {
  const [start, end] = ['Start', 'End'].map((name) => Date.parse(String(properties.get(`calendar:${name}`))));
  const length = end! - start!;
  const zone = zoneOf({ properties });
  const place = (index: number, local: Date): Occurrence => {
    const at = fromLocal(local, zone);
    return { index, start: at, end: new Date(at.getTime() + length) };
  };
  return { length, place };
}

function deletedIn({ properties }: StoredMessage): ReadonlySet<string> {
  return new Set([properties.get(deletedOccurrences) ?? []].flat());
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
