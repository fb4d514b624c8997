import { findIana } from 'windows-iana';

/** The IANA name of a zone that an invite names; nothing where it names one that is nowhere but in the invite. */
export function ianaZone(name: string): string | undefined {
  // Exchange Online's name for it is an address.
  if (/^(?:utc|gmt|z|etc\/utc|tzone:\/\/microsoft\/utc)$/i.test(name)) return 'UTC';
  const [, sign, hours] = /^(?:utc|gmt)([+-])0?(\d{1,2})(?::?00)?$/i.exec(name) ?? [];
  // POSIX counts the other way round.
  if (hours !== undefined) return knownOf([`Etc/GMT${sign === '+' ? '-' : '+'}${hours}`]);
  const [fromWindows] = findIana(name);
  // Lotus Notes, libical and others write a path before the name.
  return knownOf([name, fromWindows, /[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+$/.exec(name)?.[0]]);
}

/** The moment at which clocks in a zone show a time, given as if it were UTC's. */
export function momentIn(zone: string, shown: number): Date {
  const first = shown - offsetAt(zone, shown);
  return new Date(shown - offsetAt(zone, first));
}

function knownOf(names: readonly (string | undefined)[]): string | undefined {
  return names.find((name) => name !== undefined && isKnown(name));
}

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds by which a zone is ahead of UTC. */
function offsetAt(zone: string, moment: number): number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
  return Number(`${sign}1`) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
