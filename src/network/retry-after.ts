import type { IncomingHttpHeaders } from 'node:http';
import { longestTimeout } from '../input/timeout-fault.js';

/**
 * How long a `Retry-After` asks to stay away, in milliseconds from now that a timer can hold: seconds, or a date
 * (RFC 9110 section 10.2.3).
 */
export function retryAfterOf(headers: IncomingHttpHeaders): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  const milliseconds = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(0, milliseconds), longestTimeout);
}
