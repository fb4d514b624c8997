import { appointmentTime } from '../../calendar/appointment-time.js';
import { zoneNameOf, zoneOf } from '../../calendar/occurrences.js';
import { toLocal } from '../../calendar/zoned-time.js';
import { node, nodesIn, readNode, textAt, type StoredNode } from '../../calendar/stored-node.js';
import type { StoredMessage } from '../../store/store.js';
import { entryOf } from '../enumeration.js';
import { badRequest, GraphError } from '../graph-error.js';
import { isRecord } from '../graph-request.js';

// A patternedRecurrence, and EWS's Recurrence, as which it is kept, each made of the other.
// https://learn.microsoft.com/graph/api/resources/patternedrecurrence

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const weeks = ['First', 'Second', 'Third', 'Fourth', 'Last'];
const months = 'January February March April May June July August September October November December'.split(' ');

/** EWS's names for several days at once. */
const groups: Readonly<Record<string, readonly string[]>> = {
  Day: days,
  Weekday: days.slice(1, 6),
  WeekendDay: ['Sunday', 'Saturday'],
};

const types = ['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly'] as const;

type Json = Readonly<Record<string, unknown>>;

/** @throws GraphError BadRequest where it is none */
export function readRecurrence(value: unknown): StoredNode {
  const { pattern, range } = isRecord(value) ? value : {};
  if (!isRecord(pattern) || !isRecord(range))
    throw badRequest("The property 'recurrence' has to have a 'pattern' and a 'range'.");
  return node('Recurrence', readPattern(pattern, String(range['startDate'])), readRange(range));
}

/** Nothing where it does not recur. */
export function renderRecurrence(event: StoredMessage): object | null {
  const [pattern, range] = nodesIn(readNode(event.properties.get('calendar:Recurrence')));
  if (!pattern || !range) return null;
  const startDate = localDay(event, appointmentTime(event, 'Start'));
  return {
    pattern: renderPattern(pattern, startDate),
    range: { ...renderRange(range), startDate, recurrenceTimeZone: zoneNameOf(event) },
  };
}

/** The day from which on it is said to recur. */
export function firstDay(recurrence: unknown): string | undefined {
  const range = isRecord(recurrence) ? recurrence['range'] : undefined;
  return isRecord(range) ? String(range['startDate']).slice(0, 10) : undefined;
}

/** The day that a time is of, by the clock that an event goes by. */
export function localDay(event: Parameters<typeof zoneOf>[0], time: Date): string {
  return toLocal(time, zoneOf(event)).toISOString().slice(0, 10);
}

function readPattern(pattern: Json, startDate: string): StoredNode {
  const type = oneOf(pattern, 'type', types);
  const interval = whole(pattern, 'interval', 999);
  const every = (units = 1) => node('Interval', String(interval * units));
  const day = () => node('DayOfMonth', String(whole(pattern, 'dayOfMonth', 31)));
  const weekday = () => [
    node('DaysOfWeek', readDays(pattern['daysOfWeek'], { joined: true })),
    node('DayOfWeekIndex', pattern['index'] === undefined ? 'First' : oneOf(pattern, 'index', weeks)),
  ];
  const month = () => months[whole(pattern, 'month', 12) - 1]!;
  switch (type) {
    case 'daily':
      return node('DailyRecurrence', every());
    case 'weekly': {
      const first = pattern['firstDayOfWeek'] === undefined ? 'Sunday' : oneOf(pattern, 'firstDayOfWeek', days);
      return node(
        'WeeklyRecurrence',
        every(),
        node('DaysOfWeek', readDays(pattern['daysOfWeek'])),
        node('FirstDayOfWeek', first),
      );
    }
    case 'absoluteMonthly':
      return node('AbsoluteMonthlyRecurrence', every(), day());
    case 'relativeMonthly':
      return node('RelativeMonthlyRecurrence', every(), ...weekday());
    case 'absoluteYearly':
      if (interval === 1) return node('AbsoluteYearlyRecurrence', day(), node('Month', month()));
      checkMonth(startDate, month());
      return node('AbsoluteMonthlyRecurrence', every(12), day());
    case 'relativeYearly':
      if (interval === 1) return node('RelativeYearlyRecurrence', ...weekday(), node('Month', month()));
      checkMonth(startDate, month());
      return node('RelativeMonthlyRecurrence', every(12), ...weekday());
  }
}

/** EWS knows no years but every one: others are kept as months, and so have to begin in the month that they name. */
function checkMonth(startDate: string, month: string): void {
  if (months[Number(startDate.slice(5, 7)) - 1] !== month) throw invalid('month');
}

function readRange(range: Json): StoredNode {
  const type = oneOf(range, 'type', ['endDate', 'noEnd', 'numbered'] as const);
  const first = node('StartDate', date(range, 'startDate'));
  if (type === 'noEnd') return node('NoEndRecurrence', first);
  if (type === 'endDate') {
    const last = date(range, 'endDate');
    if (last < date(range, 'startDate'))
      throw new GraphError(400, 'ErrorRecurrenceHasNoOccurrence', {
        message: 'The recurrence pattern has no occurrence.',
      });
    return node('EndDateRecurrence', first, node('EndDate', last));
  }
  return node(
    'NumberedRecurrence',
    first,
    node('NumberOfOccurrences', String(whole(range, 'numberOfOccurrences', 2 ** 31 - 1))),
  );
}

function renderPattern(pattern: StoredNode, startDate: string): object {
  const name = pattern.name.slice(2).replace('Recurrence', '');
  const text = (field: string) => textAt(pattern, field);
  const interval = Number(text('Interval') ?? 1);
  const isYears = name.endsWith('Yearly') || (name.endsWith('Monthly') && interval % 12 === 0);
  const month = text('Month') === undefined ? Number(startDate.slice(5, 7)) : months.indexOf(text('Month')!) + 1;
  return {
    type: lowerFirst(isYears ? name.replace('Monthly', 'Yearly') : name),
    interval: isYears && name.endsWith('Monthly') ? interval / 12 : interval,
    month: isYears ? month : 0,
    dayOfMonth: Number(text('DayOfMonth') ?? 0),
    daysOfWeek: (text('DaysOfWeek') ?? '')
      .split(' ')
      .filter(Boolean)
      .flatMap((day) => entryOf(groups, day) ?? day)
      .map(lowerFirst),
    firstDayOfWeek: lowerFirst(text('FirstDayOfWeek') ?? 'Sunday'),
    index: lowerFirst(text('DayOfWeekIndex') ?? 'First'),
  };
}

function renderRange(range: StoredNode): object {
  const kinds: Readonly<Record<string, string>> = { EndDateRecurrence: 'endDate', NumberedRecurrence: 'numbered' };
  return {
    type: entryOf(kinds, range.name.slice(2)) ?? 'noEnd',
    endDate: (textAt(range, 'EndDate') ?? '0001-01-01').slice(0, 10),
    numberOfOccurrences: Number(textAt(range, 'NumberOfOccurrences') ?? 0),
  };
}

/** All days of a pattern; where the place in the month counts, EWS has names for the usual sets. */
function readDays(value: unknown, { joined = false } = {}): string {
  const given = [value ?? []]
    .flat()
    .map((day) => days.find((each) => typeof day === 'string' && each.toLowerCase() === day.toLowerCase()));
  const named = days.filter((day) => given.includes(day));
  if (named.length === 0 || given.includes(undefined)) throw invalid('daysOfWeek');
  const group = Object.entries(groups).find(
    ([, members]) => days.filter((day) => members.includes(day)).join() === named.join(),
  );
  return joined && group ? group[0] : named.join(' ');
}

/** One of several words, whatever their case, as it is written here. */
function oneOf<T extends string>(json: Json, name: string, words: readonly T[]): T {
  const found = words.find((word) => word.toLowerCase() === String(json[name]).toLowerCase());
  if (found === undefined) throw invalid(name);
  return found;
}

function whole(json: Json, name: string, most: number): number {
  const value = json[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most) throw invalid(name);
  return value;
}

function date(json: Json, name: string): string {
  const text = typeof json[name] === 'string' ? json[name].slice(0, 10) : '';
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) throw invalid(name);
  return text;
}

function invalid(name: string): GraphError {
  return badRequest(`The value of the recurrence's property '${name}' is missing or not valid.`);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
