import { expect, test } from '@playwright/test';
import { composeMessage } from '../../src/mail/message/compose.js';
import { checkFilter, describeFilter, mismatches, type MessageFilter } from '../../src/mail/message/filter.js';
import { createMessage } from '../support/create-message.js';

const mail = {
  from: 'App <no-reply@contoso.com>',
  to: ['qa+k3x9w2@contoso.com', { name: 'Ада', address: 'ada@contoso.com' }],
  subject: 'Verify  your\taddress',
  text: 'Your code is 123456',
  html: '<p>Your code is <b>123456</b></p>',
  headers: { 'X-Campaign': 'Grüße' },
  attachments: [{ filename: 'invoice.pdf', content: 'pdf' }],
};

const matching: Record<string, MessageFilter> = {
  'an address in any case': { from: 'No-Reply@Contoso.com' },
  'a display name': { from: 'app' },
  'one of several recipients': { to: 'ada@contoso.com' },
  'a regular expression on a name': { to: /^Ада$/ },
  'a subject with its white space folded, in any case': { subject: 'verify your ADDRESS' },
  'a global regular expression, again and again': { subject: /verify/gi },
  'a sticky one': { subject: /verify/iy },
  text: { text: 'code is 123456' },
  'the source of the HTML': { html: '<b>123456</b>' },
  'whether it has an attachment': { hasAttachment: true },
  'the name of an attachment': { attachment: /\.pdf$/ },
  'a header that was encoded': { header: { 'x-campaign': 'Grüße' } },
  'a function': { where: ({ attachments }) => attachments.length === 1 },
  'everything at once': { from: 'app', subject: /verify/i, hasAttachment: true },
  'nothing at all': {},
};

for (const [what, filter] of Object.entries(matching)) {
  test(`a message is matched by ${what}`, async () => {
    const message = await createMessage(mail);
    expect(await mismatches(message, filter)).toEqual([]);
    expect(await mismatches(message, filter)).toEqual([]);
  });
}

const missing: Record<string, [MessageFilter, string]> = {
  'an address that only contains the one': [
    { from: 'reply@contoso.com' },
    'from is App <no-reply@contoso.com>, not "reply@contoso.com"',
  ],
  'another subject': [{ subject: /reset/ }, 'subject is not /reset/'],
  'a text, which is not shown': [{ text: 'other' }, 'text does not contain "other"'],
  'an attachment of another name': [{ attachment: 'a.csv' }, 'no attachment is "a.csv" (it has invoice.pdf)'],
  'no attachment': [{ hasAttachment: false }, 'it has an attachment'],
  'a header it does not have': [{ header: { 'x-other': /./ } }, 'header x-other is not /./'],
  'a function': [{ where: () => false }, 'where() says no'],
};

for (const [what, [filter, reason]] of Object.entries(missing)) {
  test(`a message is not matched by ${what}`, async () => {
    expect(await mismatches(await createMessage(mail), filter)).toEqual([reason]);
  });
}

test('a wrong filter is refused with all its faults', () => {
  const wrong = { subjet: 'x', from: 3, where: 'x', hasAttachment: 1, header: { a: 1 } } as unknown as MessageFilter;
  expect(() => checkFilter(wrong)).toThrow(
    /subjet is not a field.*\n.*from must be.*\n.*where must be.*\n.*hasAttachment must be.*\n.*header a must be/,
  );
});

test('a filter is described as it was written', () => {
  expect(describeFilter({})).toBe('any message');
  expect(describeFilter({ subject: /verify/i, from: 'app', header: { 'X-A': 'b' } })).toBe(
    'subject /verify/i, from "app", header X-A: "b"',
  );
});

test('what is composed is a message that says the same', async () => {
  const { envelope, source } = await composeMessage({ ...mail, bcc: 'hidden@contoso.com' }, { keepBcc: false });
  expect(envelope).toEqual({
    from: 'no-reply@contoso.com',
    to: ['qa+k3x9w2@contoso.com', 'ada@contoso.com', 'hidden@contoso.com'],
  });
  expect(source.toString()).not.toContain('hidden');
});
