import { bad } from './refusal.js';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads `17-Jul-1996 02:44:25 -0700`, as INTERNALDATE is written (RFC 3501 section 9, date-time). */
export function readDateTime(text: string): Date {
  const match = /^ ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (!match) throw bad();
  const [, day, month = '', year, hours, minutes, seconds, sign, zoneHours, zoneMinutes] = match;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  return utc(Number(year), month, Number(day), [Number(hours), Number(minutes) - zone, Number(seconds)]);
}

/** Reads `1-Feb-1994`, the start of that day. */
export function readDate(text: string): Date {
  const match = /^(\d{1,2})-(\w{3})-(\d{4})$/.exec(text);
  if (!match) throw bad();
  const [, day, month = '', year] = match;
  return utc(Number(year), month, Number(day));
}

function utc(year: number, monthName: string, day: number, time: readonly [number, number, number] = [0, 0, 0]): Date {
  const month = months.indexOf(monthName.toLowerCase());
  if (month < 0 || day < 1 || day > 31) throw bad();
  return new Date(Date.UTC(year, month, day, ...time));
}
