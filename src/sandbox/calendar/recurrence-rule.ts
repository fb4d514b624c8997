import { node, nodesIn, textAt, type StoredNode } from './stored-node.js';

// EWS's Recurrence and iCalendar's RRULE (RFC 5545 section 3.3.10), each made of the other.

const days: Readonly<Record<string, string>> = {
  Sunday: 'SU',
  Monday: 'MO',
  Tuesday: 'TU',
  Wednesday: 'WE',
  Thursday: 'TH',
  Friday: 'FR',
  Saturday: 'SA',
  Day: 'SU,MO,TU,WE,TH,FR,SA',
  Weekday: 'MO,TU,WE,TH,FR',
  WeekendDay: 'SU,SA',
};

const positions: Readonly<Record<string, string>> = { First: '1', Second: '2', Third: '3', Fourth: '4', Last: '-1' };

const months = 'January February March April May June July August September October November December'.split(' ');

const patterns: Readonly<Record<string, string>> = {
  DailyRecurrence: 'DAILY',
  WeeklyRecurrence: 'WEEKLY',
  AbsoluteMonthlyRecurrence: 'MONTHLY',
  RelativeMonthlyRecurrence: 'MONTHLY',
  AbsoluteYearlyRecurrence: 'YEARLY',
  RelativeYearlyRecurrence: 'YEARLY',
};

/** The RRULE of a Recurrence; its last day goes by the clock that the appointment goes by. */
export function ruleOf(recurrence: StoredNode): string | undefined {
  const [pattern, range] = nodesIn(recurrence);
  const frequency = patterns[pattern?.name.slice(2) ?? ''];
  if (!pattern || !frequency) return undefined;
  const position = positions[textAt(pattern, 'DayOfWeekIndex') ?? ''];
  const weekdays = (textAt(pattern, 'DaysOfWeek') ?? '').split(' ').map((name) => days[name]);
  const month = months.indexOf(textAt(pattern, 'Month') ?? '') + 1;
  const endDate = textAt(range, 'EndDate');
  const parts = {
    FREQ: frequency,
    INTERVAL: textAt(pattern, 'Interval'),
    BYMONTH: month > 0 ? String(month) : undefined,
    BYMONTHDAY: textAt(pattern, 'DayOfMonth'),
    BYDAY: weekdays.filter(Boolean).join(',') || undefined,
    BYSETPOS: position,
    WKST: days[textAt(pattern, 'FirstDayOfWeek') ?? ''],
    COUNT: textAt(range, 'NumberOfOccurrences'),
    UNTIL: endDate && `${endDate.slice(0, 10).replaceAll('-', '')}T235959`,
  };
  return Object.entries(parts)
    .flatMap(([name, value]) => (value ? [`${name}=${value}`] : []))
    .join(';');
}

/** The Recurrence of an RRULE, for an appointment that begins at a time of its clock; nothing where EWS can't say it. */
export function recurrenceOf(rule: string, start: Date): StoredNode | undefined {
  const parts = new Map(rule.split(';').map((part) => part.split('=') as [string, string]));
  const pattern = patternOf(parts, start);
  const first = node('StartDate', start.toISOString().slice(0, 10));
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  if (!pattern) return undefined;
  if (count) return node('Recurrence', pattern, node('NumberedRecurrence', first, node('NumberOfOccurrences', count)));
  if (!until) return node('Recurrence', pattern, node('NoEndRecurrence', first));
  const last = node('EndDate', `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`);
  return node('Recurrence', pattern, node('EndDateRecurrence', first, last));
}

function patternOf(parts: ReadonlyMap<string, string>, start: Date): StoredNode | undefined {
  const [, numbered, byDay] = /^([+-]?\d)?([A-Z,]+)$/.exec(parts.get('BYDAY') ?? '') ?? [];
  const weekdays = byDay && weekdaysOf(byDay);
  const position = nameFor(positions, (parts.get('BYSETPOS') ?? numbered)?.replace('+', '')) ?? 'First';
  const interval = node('Interval', parts.get('INTERVAL') ?? '1');
  const month = node('Month', months[Number(parts.get('BYMONTH') ?? start.getUTCMonth() + 1) - 1] ?? 'January');
  const day = node('DayOfMonth', parts.get('BYMONTHDAY') ?? String(start.getUTCDate()));
  const relative = weekdays && [node('DaysOfWeek', weekdays), node('DayOfWeekIndex', position)];
  const weekly = node('DaysOfWeek', weekdays ?? Object.keys(days)[start.getUTCDay()]!);
  const byFrequency = new Map([
    ['DAILY', node('DailyRecurrence', interval)],
    ['WEEKLY', node('WeeklyRecurrence', interval, weekly, ...weekStart(parts))],
    ['MONTHLY', monthly(interval, day, relative)],
    ['YEARLY', yearly(month, day, relative)],
  ]);
  return byFrequency.get(parts.get('FREQ') ?? '');
}

/** Where weeks are counted by twos, it matters with which day they begin. */
function weekStart(parts: ReadonlyMap<string, string>): StoredNode[] {
  const day = nameFor(days, parts.get('WKST'));
  return day ? [node('FirstDayOfWeek', day)] : [];
}

type Relative = readonly StoredNode[] | '' | undefined;

function monthly(interval: StoredNode, day: StoredNode, relative: Relative): StoredNode {
  if (relative) return node('RelativeMonthlyRecurrence', interval, ...relative);
  return node('AbsoluteMonthlyRecurrence', interval, day);
}

function yearly(month: StoredNode, day: StoredNode, relative: Relative): StoredNode {
  if (relative) return node('RelativeYearlyRecurrence', ...relative, month);
  return node('AbsoluteYearlyRecurrence', day, month);
}

function weekdaysOf(byDay: string): string {
  return (
    nameFor(days, byDay) ??
    byDay
      .split(',')
      .flatMap((day) => nameFor(days, day) ?? [])
      .join(' ')
  );
}

function nameFor(names: Readonly<Record<string, string>>, value: string | undefined): string | undefined {
  return Object.keys(names).find((name) => names[name] === value);
}
