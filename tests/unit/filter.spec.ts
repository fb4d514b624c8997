import { expect, test } from '@playwright/test';
import { composeMessage } from '../../src/mail/message/compose.js';
import { checkFilter, describeFilter, mismatches, type MessageFilter } from '../../src/mail/message/filter/filter.js';
import { matchesText } from '../../src/mail/message/text-pattern.js';
import { failureOf } from '../support/failure-of.js';
import { createMessage } from '../support/create-message.js';

const mail = {
  from: 'App <no-reply@contoso.com>',
  to: ['qa+k3x9w2@contoso.com', { name: 'Ада', address: 'ada@contoso.com' }],
  subject: 'Verify  your\taddress',
  text: 'Your code is 123456',
  html: '<p>Your code is <b>123456</b></p><a href="https://contoso.com/v?t=1">Verify</a>',
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
  'the type of an attachment': { attachment: { contentType: 'application/pdf' } },
  'name and type of one attachment': { attachment: { filename: 'invoice', contentType: /pdf$/ } },
  'the address of a link': { link: 'contoso.com/v?t=1' },
  'the text of a link': { link: /^Verify$/ },
  'its one-time code': { code: /^\d{6}$/ },
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

const alike: readonly (readonly [text: string, pattern: string | RegExp])[] = [
  ['Cafe\u0301', 'Café'],
  ['Café', 'Cafe\u0301'],
  ['Cafe\u0301', /Café/],
  ['Ver\u00adify\u200b now', 'verify now'],
  ['Ver\u00adify', /Verify/],
  ['Total: 1\u202f234\u00a0€', 'total: 1 234 €'],
  ['STRASSE', 'straße'],
  ['straße', 'STRASSE'],
  ['DOĞRULAMA KODU İSTANBUL ILICA', 'doğrulama kodu istanbul ılıca'],
  ['ΟΔΟΣ', 'οδος'],
  ['οδός Σ', 'ΟΔΌΣ σ'],
  ['\u2764\ufe0f Welcome', '\u2764 welcome'],
];

for (const [text, pattern] of alike) {
  test(`${JSON.stringify(text)} is to a reader like ${String(pattern)}`, () => {
    expect(matchesText(text, pattern)).toBe(true);
  });
}

test('what looks another way is another text', () => {
  expect(matchesText('You\u2019re in', "You're in")).toBe(false);
  expect(matchesText('Cafe', 'Café')).toBe(false);
});

const missing: Record<string, [MessageFilter, string]> = {
  'an address that only contains the one': [
    { from: 'reply@contoso.com' },
    'from is App <no-reply@contoso.com>, not "reply@contoso.com"',
  ],
  'another subject': [{ subject: /reset/ }, 'subject is not /reset/'],
  'a text, which is not shown': [{ text: 'other' }, 'text does not contain "other"'],
  'an attachment of another name': [{ attachment: 'a.csv' }, 'no attachment is "a.csv" (it has invoice.pdf)'],
  'an attachment of another type': [
    { attachment: { filename: /pdf/, contentType: 'text/csv' } },
    'no attachment is /pdf/ "text/csv" (it has invoice.pdf application/pdf)',
  ],
  'another link': [{ link: 'reset' }, 'no link is "reset" (it has 1)'],
  'another code, which is not shown': [{ code: /^\d{4}$/ }, 'its code is not /^\\d{4}$/'],
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

test('an attachment filter is checked, all faults in one error', () => {
  const filter = { attachment: { filename: '', type: 'text/csv' } } as MessageFilter;
  expect(() => checkFilter(filter)).toThrow(/attachment is not usable: type is not a field.*filename must be a text/);
  expect(() => checkFilter({ attachment: {} })).toThrow('attachment names neither filename nor contentType');
});

for (const [what, verdict] of Object.entries({ 'a return': undefined, 'a call': () => false })) {
  test(`a function that says neither yes nor no, where ${what} is missing, is no filter`, async () => {
    const failure = await failureOf(mismatches(await createMessage(mail), { where: () => verdict as never }));
    expect(failure).toMatchObject({ code: 'CONFIGURATION' });
    expect(failure.message).toMatch(
      new RegExp(`failed on the message ".*" .*: it returned .*: is ${what} missing\\?\n`),
    );
  });
}

test('a function that throws is named with its filter and the message, and its error is kept', async () => {
  const message = await createMessage(mail);
  const cause = new TypeError('no such thing\nand more');
  const where = (): boolean => {
    throw cause;
  };
  const failure = await failureOf(mismatches(message, { subject: /verify/i, where }));
  expect(failure).toMatchObject({ code: 'CONFIGURATION', cause });
  expect(failure.message).toMatch(
    /^where\(\) of the filter \(subject \/verify\/i, where \(a function\)\) threw on the message ".*" from App <no-reply@contoso\.com>: TypeError: no such thing\n/,
  );
});
