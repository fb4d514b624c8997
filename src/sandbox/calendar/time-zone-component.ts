import ICAL from 'ical.js';
import { zoneChanges, type ZoneChange } from './zone-changes.js';
import { offsetAt } from './zoned-time.js';

/** How many years of a zone's changes are looked at, from the one before an appointment's first. */
const years = 12;
const day = 86_400_000;

/**
 * What clocks of a zone do, for an iCalendar object that names it (RFC 5545 section 3.6.5): a rule for what they do every year
 * on the same weekday of a month, and each time for what has no such rule.
 * @param zone an IANA name
 * @param start of what takes place by these clocks first
 */
export function timeZoneComponent(zone: string, start: Date): ICAL.Component {
  const begin = new Date(Date.UTC(start.getUTCFullYear() - 1, 0, 1));
  const changes = zoneChanges(zone, begin, new Date(Date.UTC(begin.getUTCFullYear() + years, 0, 1)));
  const component = new ICAL.Component('vtimezone');
  component.updatePropertyWithValue('tzid', zone);
  const kindOf = ({ from, to }: ZoneChange): string => `${from} ${to}`;
  for (const kind of new Set(changes.map(kindOf))) {
    const alike = changes.filter((change) => kindOf(change) === kind);
    const rule = yearlyRule(alike.map(localTime));
    for (const change of rule ? alike.slice(0, 1) : alike) component.addSubcomponent(observance(change, rule));
  }
  const [first] = changes;
  const offset = offsetAt(begin, zone);
  if (!first || first.at > start) component.addSubcomponent(observance({ at: begin, from: offset, to: offset }));
  return component;
}

function observance(change: ZoneChange, rule?: string): ICAL.Component {
  const { from, to } = change;
  const component = new ICAL.Component(to > from ? 'daylight' : 'standard');
  const onset = ICAL.Time.fromJSDate(localTime(change), true);
  onset.zone = ICAL.Timezone.localTimezone;
  component.updatePropertyWithValue('dtstart', onset);
  component.updatePropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(from / 1000));
  component.updatePropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(to / 1000));
  if (rule) component.updatePropertyWithValue('rrule', ICAL.Recur.fromString(rule));
  return component;
}

/** What the clocks show that are about to be changed, as if they were UTC's. */
function localTime({ at, from }: ZoneChange): Date {
  return new Date(at.getTime() + from);
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** What is done every year on the same weekday of a month, counted from its begin or its end. */
function yearlyRule(times: readonly Date[]): string | undefined {
  const isAlike = (of: (time: Date) => number): boolean => new Set(times.map(of)).size === 1;
  const count = [fromBegin, fromEnd].find(isAlike);
  const [first] = times;
  if (!first || !count || times.length !== years || ![month, weekday, timeOfDay].every(isAlike)) return undefined;
  return `FREQ=YEARLY;BYMONTH=${month(first) + 1};BYDAY=${count(first)}${weekdays[weekday(first)]}`;
}

const month = (time: Date): number => time.getUTCMonth();
const weekday = (time: Date): number => time.getUTCDay();
const timeOfDay = (time: Date): number => time.getTime() % day;
const fromBegin = (time: Date): number => Math.ceil(time.getUTCDate() / 7);

function fromEnd(time: Date): number {
  const days = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate();
  return -Math.ceil((days + 1 - time.getUTCDate()) / 7);
}
