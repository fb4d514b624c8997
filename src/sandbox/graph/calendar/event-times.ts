import { fromLocal, ianaZone, toLocal } from '../../calendar/zoned-time.js';
import { badRequest } from '../graph-error.js';
import { isRecord, preferences, type GraphRequest } from '../graph-request.js';

/** Reads a time and its zone. https://learn.microsoft.com/graph/api/resources/datetimetimezone @throws GraphError BadRequest */
export function readEventTime(name: string, value: unknown): { readonly at: Date; readonly zone: string } {
  const { dateTime, timeZone = 'UTC' } = isRecord(value) ? value : {};
  const text = typeof dateTime === 'string' ? dateTime : '';
  const hasOffset = /(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?$/.test(text)
    ? text.replace(/(\.\d{3})\d+/, '$1')
    : '';
  const local = new Date(hasOffset || !time.includes('T') ? time : `${time}Z`);
  if (Number.isNaN(local.getTime()) || typeof timeZone !== 'string')
    throw badRequest(`The property '${name}' has to have a 'dateTime' and a 'timeZone'.`);
  return { at: hasOffset ? local : fromLocal(local, ianaZone(timeZone)), zone: timeZone };
}

/** The zone that a request wants times in. */
export function wantedZone(request: Pick<GraphRequest, 'headers'>): string {
  return preferences(request).get('outlook.timezone') ?? 'UTC';
}

export function renderEventTime(at: Date, timeZone: string): object {
  const local = toLocal(at, ianaZone(timeZone)).toISOString().slice(0, 19);
  return { dateTime: `${local}.0000000`, timeZone };
}
