import { formatAddress, matchesAddress } from '../../address.js';
import type { Address } from '../../transport.js';
import { matchesLink } from '../links/link.js';
import type { Message } from '../message.js';
import { describePattern, matchesText, patternFault, type TextPattern } from '../text-pattern.js';
import { attachmentField } from './attachment-field.js';
import { mustBe, NoVerdict, unless, type FilterField } from './field.js';
import { headerField } from './header-field.js';

export type Where = (message: Message) => boolean | Promise<boolean>;

export const filterFields = {
  from: addresses('from', ({ authors }) => authors),
  to: addresses('to', ({ to }) => to),
  cc: addresses('cc', ({ cc }) => cc),
  subject: text(({ subject }) => subject, 'subject is not'),
  text: text((message) => message.text, 'text does not contain'),
  html: text(({ html }) => html, 'html does not contain'),
  link: {
    fault: patternFault,
    mismatch: ({ links }, wanted: TextPattern) =>
      unless(
        links.some((link) => matchesLink(link, wanted)),
        `no link is ${describePattern(wanted)} (it has ${links.length || 'none'})`,
      ),
  },
  code: {
    fault: patternFault,
    mismatch: ({ codes }, wanted: TextPattern) =>
      unless(
        codes.some((code) => matchesText(code, wanted)),
        codes.length > 0 ? `its code is not ${describePattern(wanted)}` : 'it has no one-time code',
      ),
  },
  hasAttachment: {
    fault: (value) => (typeof value === 'boolean' ? undefined : mustBe('true or false', value)),
    mismatch: ({ attachments }, wanted: boolean) =>
      unless(
        attachments.some(({ isInline }) => !isInline) === wanted,
        wanted ? 'it has no attachment' : 'it has an attachment',
      ),
  },
  attachment: attachmentField,
  header: headerField,
  where: {
    fault: (value) => (typeof value === 'function' ? undefined : mustBe('a function of the message', value)),
    mismatch: async (message, wanted: Where) => {
      const verdict: unknown = await wanted(message);
      if (verdict === undefined || typeof verdict === 'function') throw new NoVerdict(verdict);
      return unless(Boolean(verdict), 'where() says no');
    },
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
