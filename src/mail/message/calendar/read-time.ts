import ICAL from 'ical.js';
import type { InviteTime } from './invite.js';
import { ianaZone, momentIn } from './time-zone.js';

/** What a zone of an invite's own may be made of: the library runs through every year's changes of the clock. */
const yearly = /^FREQ=YEARLY(?:;(?:INTERVAL|COUNT|UNTIL|WKST|BYDAY|BYMONTH|BYMONTHDAY)=[-+,\w]{1,40})*$/;
const mostObservances = 20;
const firstYear = 1900;
const lastYear = 2200;

/** A time of an invite; nothing where it is none. `zoneName` is the zone that it names. */
export function readTime(time: ICAL.Time, zoneName: string): InviteTime | undefined {
  const shown = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  if (Number.isNaN(shown) || time.year < firstYear || time.year > lastYear) return undefined;
  const written = new Date(shown).toISOString();
  if (time.isDate) return { date: new Date(shown), local: written.slice(0, 10), timeZone: '' };
  const local = written.slice(0, 19);
  if (time.zone === ICAL.Timezone.utcTimezone) return { date: new Date(shown), local, timeZone: 'UTC' };
  const iana = ianaZone(zoneName);
  if (iana !== undefined) return { date: momentIn(iana, shown), local, timeZone: iana };
  const date = isDefined(time.zone) ? new Date(time.toUnixTime() * 1000) : new Date(shown);
  return { date, local, timeZone: zoneName };
}

/** Whether the invite says itself what the zone is, in a way that costs little to follow. */
function isDefined({ component }: ICAL.Timezone): boolean {
  const observances = component?.getAllSubcomponents() ?? [];
  const rules = observances.flatMap((observance) => observance.getAllProperties('rrule'));
  return (
    observances.length > 0 &&
    observances.length <= mostObservances &&
    rules.length <= mostObservances &&
    rules.every((rule) => yearly.test(String(rule.getFirstValue())))
  );
}
