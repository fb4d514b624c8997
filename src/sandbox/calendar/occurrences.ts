import { appointmentTime } from './appointment-time.js';
import ICAL from 'ical.js';
import type { StoredMessage } from '../store/store.js';
import { deletedOccurrences, exceptionsOf, type OccurrenceException } from './exceptions.js';
import { ruleOf } from './recurrence-rule.js';
import { readNode, textAt } from './stored-node.js';
import { fromLocal, ianaZone, toLocal } from './zoned-time.js';

/** A time at which a recurring appointment takes place. */
export interface Occurrence {
  /** Where it is in the row, from 1; those that were deleted count. */
  readonly index: number;
  /** When it begins by the rule. */
  readonly original: Date;
  readonly start: Date;
  readonly end: Date;
  /** What was changed of it alone. */
  readonly exception: OccurrenceException | undefined;
}

/** More than any view shows; what recurs every day for ten years. */
const mostOccurrences = 3650;

/** How far a row is followed: what recurs every day for a hundred years. */
const longestRow = 36_525;

/** More than any zone is away from UTC, in milliseconds. */
const day = 86_400_000;

/** The occurrences of a recurring appointment, those that touch a time where one is given, without those that were deleted; none, where it does not recur. */
export function occurrencesOf(
  item: Properties,
  { from, until }: { readonly from?: Date; readonly until?: Date } = {},
): Occurrence[] {
  const { length, place, exceptions, deleted } = placing(item);
  const touches = ({ start, end }: Occurrence) => (!until || start < until) && (!from || end > from);
  const found = [...exceptions.values()].filter(touches);
  for (const { index, local } of rowOf(item)) {
    if (from && local.getTime() + length + day < from.getTime()) continue;
    const occurrence = place(index, local);
    const start = occurrence.start.toISOString();
    if ((until && occurrence.start >= until) || found.length >= mostOccurrences) break;
    if (touches(occurrence) && !deleted.has(start) && !exceptions.has(start)) found.push(occurrence);
  }
  return found.toSorted((one, other) => one.index - other.index);
}

/** The occurrence at a place in the row; nothing where there is none, `deleted` where it was deleted. */
export function occurrenceAt(item: Properties, wanted: number): Occurrence | 'deleted' | undefined {
  const { place, asItIs } = placing(item);
  for (const { index, local } of rowOf(item)) if (index === wanted) return asItIs(place(index, local));
  return undefined;
}

/** The first that was not deleted. */
export function firstOccurrence(item: Properties): Occurrence | undefined {
  const { place, asItIs } = placing(item);
  for (const { index, local } of rowOf(item)) {
    const found = asItIs(place(index, local));
    if (found !== 'deleted') return found;
  }
  return undefined;
}

/** Those of which something was changed of them alone. */
export function exceptionalOccurrences(item: Properties): Occurrence[] {
  return [...placing(item).exceptions.values()].toSorted((one, other) => one.index - other.index);
}

/** The occurrence that begins at a time by its rule; nothing where there is none, or it was deleted. */
export function occurrenceBeginning(item: Properties, original: Date): Occurrence | undefined {
  const { place, asItIs } = placing(item);
  for (const { index, local } of rowOf(item)) {
    const past = local.getTime() - original.getTime();
    if (past > day) return undefined;
    if (past < -day) continue;
    const occurrence = place(index, local);
    if (occurrence.start.getTime() !== original.getTime()) continue;
    const found = asItIs(occurrence);
    return found === 'deleted' ? undefined : found;
  }
  return undefined;
}

type Properties = Pick<StoredMessage, 'properties'>;

/** When it takes place by the clock that it recurs by, one after the other. */
function* rowOf({ properties }: Properties): Generator<{ readonly index: number; readonly local: Date }> {
  const recurrence = readNode(properties.get('calendar:Recurrence'));
  const rule = recurrence && ruleOf(recurrence);
  if (!rule) return;
  const first = toLocal(appointmentTime({ properties }, 'Start'), zoneOf({ properties }));
  try {
    const times = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromJSDate(first, true));
    for (let index = 1; index <= longestRow; index++) {
      const next = times.next();
      if (!next) return;
      yield { index, local: next.toJSDate() };
    }
  } catch {
    // A rule that makes no sense, as mail may bring it, has no occurrences.
  }
}

/** How long an appointment lasts, what takes its times by its clock to those of the world, and its exceptions and deletions by their original starts. */
function placing({ properties }: Properties) {
  const length = appointmentTime({ properties }, 'End').getTime() - appointmentTime({ properties }, 'Start').getTime();
  const zone = zoneOf({ properties });
  const place = (index: number, local: Date): Occurrence => {
    const at = fromLocal(local, zone);
    return { index, original: at, start: at, end: new Date(at.getTime() + length), exception: undefined };
  };
  const exceptions = new Map(
    [...exceptionsOf({ properties })].map(([original, exception]) => [
      original,
      exceptional({ index: exception.index, original: new Date(original), length }, exception),
    ]),
  );
  const deleted = new Set(deletedOccurrences({ properties }));
  const asItIs = (byRule: Occurrence): Occurrence | 'deleted' => {
    const original = byRule.original.toISOString();
    return deleted.has(original) ? 'deleted' : (exceptions.get(original) ?? byRule);
  };
  return { length, place, exceptions, deleted, asItIs };
}

/** An occurrence with what was changed of it alone. */
export function exceptional(
  { index, original, length }: Pick<Occurrence, 'index' | 'original'> & { readonly length: number },
  exception: OccurrenceException,
): Occurrence {
  const [start, end] = ['Start', 'End'].map((name) => exception.properties[`calendar:${name}`]);
  return {
    index,
    original,
    start: start ? new Date(String(start)) : original,
    end: end ? new Date(String(end)) : new Date(original.getTime() + length),
    exception,
  };
}

/** The zone whose clock an appointment recurs by: an IANA name. */
export function zoneOf(item: Pick<StoredMessage, 'properties'>): string {
  return ianaZone(zoneNameOf(item));
}

/** The zone that an appointment was made in, as whoever made it calls it. */
export function zoneNameOf({ properties }: Pick<StoredMessage, 'properties'>): string {
  const [start, meeting] = ['StartTimeZone', 'MeetingTimeZone'].map((name) =>
    readNode(properties.get(`calendar:${name}`)),
  );
  const id = properties.get('calendar:StartTimeZoneId');
  const given = start?.attributes['Id'] ?? meeting?.attributes['TimeZoneName'] ?? textAt(meeting, 'TimeZoneName');
  return given ?? (typeof id === 'string' ? id : 'UTC');
}
