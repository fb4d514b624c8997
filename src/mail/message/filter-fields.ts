import { kindOf } from '../../input/kind-of.js';
import { isPlainObject } from '../../input/plain-object.js';
import { formatAddress, matchesAddress } from '../address.js';
import type { Address } from '../transport.js';
import { nameOf } from './attachment-name.js';
import { isHeaderName } from './header-name.js';
import type { Message } from './message.js';
import { describePattern, matchesText, patternFault, type TextPattern } from './text-pattern.js';

/** One field of a filter: which values it takes, and which messages they match. */
export interface FilterField<Wanted = never> {
  /** What is wrong with a value, after the field's name: nothing where it will do. */
  fault(value: unknown): string | undefined;
  /** Why a message is no match: nothing where it is one. */
  mismatch(message: Message, wanted: Wanted): string | undefined | Promise<string | undefined>;
}

export type Where = (message: Message) => boolean | Promise<boolean>;

export const filterFields = {
  from: addresses('from', ({ authors }) => authors),
  to: addresses('to', ({ to }) => to),
  cc: addresses('cc', ({ cc }) => cc),
  subject: text(({ subject }) => subject, 'subject is not'),
  text: text((message) => message.text, 'text does not contain'),
  html: text(({ html }) => html, 'html does not contain'),
  hasAttachment: {
    fault: (value) => (typeof value === 'boolean' ? undefined : mustBe('true or false', value)),
    mismatch: ({ attachments }, wanted: boolean) =>
      unless(
        attachments.some(({ isInline }) => !isInline) === wanted,
        wanted ? 'it has no attachment' : 'it has an attachment',
      ),
  },
  attachment: { fault: patternFault, mismatch: attachmentMismatch },
  header: { fault: headersFault, mismatch: headersMismatch },
  where: {
    fault: (value) => (typeof value === 'function' ? undefined : mustBe('a function of the message', value)),
    mismatch: async (message, wanted: Where) => unless(await wanted(message), 'where() says no'),
  },
} as const satisfies Readonly<Record<string, FilterField>>;

function text(of: (message: Message) => string, not: string): FilterField<TextPattern> {
  return {
    fault: patternFault,
    mismatch: (message, wanted) => unless(matchesText(of(message), wanted), `${not} ${describePattern(wanted)}`),
  };
}

function addresses(name: string, of: (message: Message) => readonly Address[]): FilterField<TextPattern> {
  return {
    fault: patternFault,
    mismatch(message, wanted) {
      const found = of(message);
      const names = found.map(formatAddress).join(', ') || 'nobody';
      return unless(
        found.some((address) => matchesAddress(address, wanted)),
        `${name} is ${names}, not ${describePattern(wanted)}`,
      );
    },
  };
}

function attachmentMismatch({ attachments }: Message, wanted: TextPattern): string | undefined {
  const names = attachments.map(nameOf);
  return unless(
    names.some((name) => matchesText(name, wanted)),
    `no attachment is ${describePattern(wanted)} (it has ${names.join(', ') || 'none'})`,
  );
}

function headersFault(value: unknown): string | undefined {
  if (!isPlainObject(value)) return mustBe(`an object, { 'X-Campaign': /spring/ }`, value);
  const faults = Object.entries(value).flatMap(([name, pattern]) => {
    if (!isHeaderName(name)) return [`has ${JSON.stringify(name)}, which is no header field's name`];
    const fault = patternFault(pattern);
    return fault ? [`${name} ${fault}`] : [];
  });
  if (Object.keys(value).length === 0) return 'names no header field';
  return faults.length > 0 ? faults.join(', ') : undefined;
}

function headersMismatch({ headers }: Message, wanted: Readonly<Record<string, TextPattern>>): string | undefined {
  const missing = Object.entries(wanted).filter(
    ([name, pattern]) => !(headers.get(name.toLowerCase()) ?? []).some((value) => matchesText(value, pattern)),
  );
  const list = missing.map(([name, pattern]) => `${name} is not ${describePattern(pattern)}`).join(', ');
  return unless(missing.length === 0, `header ${list}`);
}

function mustBe(wanted: string, value: unknown): string {
  return value === undefined ? 'is undefined' : `must be ${wanted}, not ${kindOf(value)}`;
}

function unless(holds: boolean, reason: string): string | undefined {
  return holds ? undefined : reason;
}
