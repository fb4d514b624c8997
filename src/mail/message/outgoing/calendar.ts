import { kindOf } from '../../../input/kind-of.js';
import { isPlainObject } from '../../../input/plain-object.js';
import { textFault } from '../../../input/text-fault.js';
import { unknownFields } from '../../../input/unknown-fields.js';

/** Characters. */
const longestCalendar = 10_000_000;

/** All that is wrong with a calendar to send. */
export function calendarFaults(value: unknown): string[] {
  if (!isPlainObject(value)) return [`calendar must be { method, content }, not ${kindOf(value)}`];
  const { method, content } = value;
  const fault = textFault(content, { longest: longestCalendar, hasLines: true });
  const isMethod = typeof method === 'string' && /^[A-Za-z-]{1,40}$/.test(method);
  return [
    ...unknownFields(value, { of: 'a calendar', known: ['method', 'content'] }),
    ...(isMethod ? [] : [`calendar: method must be a word such as REQUEST, not ${kindOf(method)}`]),
    ...(fault ? [`calendar: content ${fault}`] : []),
  ];
}
