import { offsetAt } from './zoned-time.js';

/** When the clocks of a zone are put forward or back. */
export interface ZoneChange {
  readonly at: Date;
  /** How far they are ahead of UTC before it and after, in milliseconds. */
  readonly from: number;
  readonly to: number;
}

const week = 7 * 86_400_000;

/** What is done to the clocks of a zone in a time, in order: never twice in a week. */
export function zoneChanges(zone: string, begin: Date, end: Date): ZoneChange[] {
  const changes: ZoneChange[] = [];
  for (let before = begin; before < end; before = new Date(before.getTime() + week)) {
    const after = new Date(before.getTime() + week);
    const [from, to] = [offsetAt(before, zone), offsetAt(after, zone)];
    if (from !== to) changes.push({ at: changeBetween(zone, before, after), from, to });
  }
  return changes;
}

/** To the second. */
function changeBetween(zone: string, before: Date, after: Date): Date {
  const from = offsetAt(before, zone);
  let [low, high] = [before, after].map((time) => time.getTime() / 1000) as [number, number];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(new Date(middle * 1000), zone) === from) low = middle;
    else high = middle;
  }
  return new Date(high * 1000);
}
