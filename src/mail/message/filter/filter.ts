import { ExchangeError } from '../../../errors.js';
import { kindOf } from '../../../input/kind-of.js';
import { isPlainObject } from '../../../input/plain-object.js';
import { refuse } from '../../../input/refuse.js';
import { unknownFields } from '../../../input/unknown-fields.js';
import { formatAddress } from '../../address.js';
import type { AttachmentFilter } from './attachment-field.js';
import { NoVerdict, type FilterField } from './field.js';
import { filterFields, type Where } from './fields.js';
import type { Message } from '../message.js';
import { describePattern, patternFault, type TextPattern } from '../text-pattern.js';

/** What a message must be like. All that is named must hold; an empty filter takes any message. */
export interface MessageFilter {
  /** An address matches whole; other texts and regular expressions are looked for in name and address. */
  readonly from?: TextPattern;
  /** As `from`; one of the recipients must match. */
  readonly to?: TextPattern;
  /** As `from`; one of the recipients must match. */
  readonly cc?: TextPattern;
  readonly subject?: TextPattern;
  /** The plain text, or the HTML's where there is no text part. */
  readonly text?: TextPattern;
  /** The source of the HTML body. */
  readonly html?: TextPattern;
  /** The address, or the text, of one of its links. */
  readonly link?: TextPattern;
  /** The one-time code, as `code()` finds it. */
  readonly code?: TextPattern;
  readonly hasAttachment?: boolean;
  /** The file name of one of the attachments, or its file name and type: `{ contentType: 'application/pdf' }`. */
  readonly attachment?: TextPattern | AttachmentFilter;
  /** Header fields by name, in any case. */
  readonly header?: Readonly<Record<string, TextPattern>>;
  /** Whatever else must hold. */
  readonly where?: Where;
}

const fields: Readonly<Record<keyof MessageFilter, FilterField>> = filterFields;

/** The fields that a filter can have. */
export const filterNames: readonly string[] = Object.keys(fields);

/** Options of the second argument, which some write into the filter. */
const elsewhere = { names: ['timeout', 'signal', 'folder'], place: 'the second argument: (filter, { timeout: 5000 })' };

/**
 * Why a message does not match a filter, a reason a field; none where it does.
 * @throws CONFIGURATION where the filter's own function throws
 */
export async function mismatches(message: Message, filter: MessageFilter): Promise<string[]> {
  const reasons: string[] = [];
  for (const [name, wanted] of Object.entries(filter)) {
    try {
      const reason = await fields[name as keyof MessageFilter].mismatch(message, wanted as never);
      if (reason) reasons.push(reason);
    } catch (cause) {
      throw thrownBy(name, filter, message, cause);
    }
  }
  return reasons;
}

/** @throws CONFIGURATION with all that is wrong with a filter, before anything is tried */
export function checkFilter(filter: unknown): asserts filter is MessageFilter {
  refuse('The message filter is not usable.', filterFaults(filter));
}

/** All that is wrong with a filter: whatever is not understood would take any message. */
export function filterFaults(filter: unknown): string[] {
  if (!isPlainObject(filter)) {
    return [`a filter is an object: { subject: /verify/ }, or { where: (message) => ... }; this is ${kindOf(filter)}`];
  }
  const known = filterNames;
  const wrong = Object.entries(filter).flatMap(([name, value]) => {
    const fault = known.includes(name) ? fields[name as keyof MessageFilter].fault(value) : undefined;
    return fault ? [`${name} ${fault}`] : [];
  });
  return [...unknownFields(filter, { of: 'a filter', known, elsewhere }), ...wrong];
}

/** As people read it in a step's title or an error, whatever it is. */
export function describeFilter(filter: unknown): string {
  if (!isPlainObject(filter)) return kindOf(filter);
  const named = Object.entries(filter);
  if (named.length === 0) return 'any message';
  return named.map(([field, value]) => `${field} ${describeValue(value)}`).join(', ');
}

function thrownBy(name: string, filter: MessageFilter, message: Message, cause: unknown): ExchangeError {
  const { subject, from } = message;
  const which = `${JSON.stringify(subject)} from ${from ? formatAddress(from) : 'nobody'}`;
  const isThrown = !(cause instanceof NoVerdict);
  const [what = ''] = (isThrown ? String(cause) : cause.message).split('\n');
  return new ExchangeError(
    'CONFIGURATION',
    `${name}() of the filter (${describeFilter(filter)}) ${isThrown ? 'threw' : 'failed'} on the message ${which}: ${what}`,
    {
      ...(isThrown && { cause }),
      advice: ['It is asked of every message that the view sees, not only of the one that you wait for.'],
    },
  );
}

function describeValue(value: unknown): string {
  if (!isPlainObject(value)) return describeOne(value);
  return Object.entries(value)
    .map(([name, pattern]) => `${name}: ${describeOne(pattern)}`)
    .join(', ');
}

function describeOne(value: unknown): string {
  if (patternFault(value) === undefined) return describePattern(value as TextPattern);
  return typeof value === 'boolean' || value === undefined ? String(value) : `(${kindOf(value)})`;
}
