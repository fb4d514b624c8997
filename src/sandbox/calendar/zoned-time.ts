import { findIana } from 'windows-iana';

/** The IANA name of a zone, as Windows or IANA calls it; UTC where nobody knows it. */
export function ianaZone(zone: string | undefined): string {
  return findZone(zone) ?? 'UTC';
}

/** As {@link ianaZone}; nothing where nobody knows it. */
export function findZone(zone: string | undefined): string | undefined {
  const names = zone === undefined ? [] : [zone, findIana(zone)[0]];
  return names.find((name) => name !== undefined && isZone(name));
}

/** What the clocks of a zone show at a time, as if they were UTC's. */
export function toLocal(time: Date, zone: string): Date {
  return new Date(time.getTime() + offsetAt(time, zone));
}

/** When the clocks of a zone show this. Where they are put forward or back, as soon as they do. */
export function fromLocal(local: Date, zone: string): Date {
  const guess = new Date(local.getTime() - offsetAt(local, zone));
  return new Date(local.getTime() - offsetAt(guess, zone));
}

/** How far the clocks of a zone are ahead of UTC at a time, in milliseconds. */
export function offsetAt(time: Date, zone: string): number {
  // `07/01/2026, 12:00:00`: reading it takes half of what asking for its parts does.
  const [month, day, year, hour, minute, second] = formatter(zone).format(time).match(/\d+/g)!.map(Number);
  const local = Date.UTC(year!, month! - 1, day, hour, minute, second);
  return local - Math.floor(time.getTime() / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const made = formatters.get(timeZone);
  if (made) return made;
  const [numeric, twoDigits] = ['numeric', '2-digit'] as const;
  const date = { year: numeric, month: twoDigits, day: twoDigits } as const;
  const time = { hour: twoDigits, minute: twoDigits, second: twoDigits, hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, ...date, ...time });
  formatters.set(timeZone, format);
  return format;
}

function isZone(name: string): boolean {
  try {
    return formatter(name) !== undefined;
  } catch {
    return false;
  }
}
