import { findZone, fromLocal, ianaZone, toLocal } from '../../calendar/zoned-time.js';
import { badRequest, GraphError } from '../graph-error.js';
import { isRecord, preferences, type GraphRequest } from '../graph-request.js';

/** At the end of a time. */
const offset = /(?:Z|[+-]\d\d:\d\d)$/;

export interface EventTime {
  readonly at: Date;
  readonly zone: string;
  /** What the zone's clocks show then, as if they were UTC's. */
  readonly local: Date;
}

/**
 * Reads a time and its zone. https://learn.microsoft.com/graph/api/resources/datetimetimezone
 * @throws GraphError BadRequest, TimeZoneNotSupportedException
 */
export function readEventTime(name: string, value: unknown): EventTime {
  const { dateTime, timeZone = 'UTC' } = isRecord(value) ? value : {};
  const text = typeof dateTime === 'string' ? dateTime : '';
  const hasOffset = offset.test(text);
  const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?$/.test(text)
    ? text.replace(/(\.\d{3})\d+/, '$1')
    : '';
  const given = new Date(hasOffset || !time.includes('T') ? time : `${time}Z`);
  if (Number.isNaN(given.getTime()) || typeof timeZone !== 'string')
    throw badRequest(`The property '${name}' has to have a 'dateTime' and a 'timeZone'.`);
  const zone = checkedZone(timeZone);
  const at = hasOffset ? given : fromLocal(given, ianaZone(zone));
  return { at, zone, local: hasOffset ? toLocal(at, ianaZone(zone)) : given };
}

/** The zone that a request wants times in. @throws GraphError TimeZoneNotSupportedException */
export function wantedZone(request: Pick<GraphRequest, 'headers'>): string {
  return checkedZone(preferences(request).get('outlook.timezone') ?? 'UTC');
}

export function renderEventTime(at: Date, timeZone: string, clock = timeZone): object {
  const local = toLocal(at, ianaZone(clock)).toISOString().slice(0, 19);
  return { dateTime: `${local}.0000000`, timeZone };
}

/** A time that a query gives; without an offset it is UTC. */
export function readQueryTime(text = ''): number | undefined {
  const at = Date.parse(offset.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** Windows' names and IANA's, and what Outlook writes for zones without one. */
function checkedZone(zone: string): string {
  const isKnown = /^tzone:\/\/microsoft\//i.test(zone) || (/^[a-z]/i.test(zone) && findZone(zone) !== undefined);
  if (isKnown) return zone;
  const message = `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${zone.slice(0, 100)}'.`;
  throw new GraphError(400, 'TimeZoneNotSupportedException', { message });
}
