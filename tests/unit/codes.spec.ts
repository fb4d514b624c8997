import { expect, test } from '@playwright/test';
import type { CodeOptions } from '../../src/mail/message/code/code-options.js';
import { createMessage } from '../support/create-message.js';

const parties = { from: 'App <no-reply@contoso.com>', to: 'qa@contoso.com', subject: 'Hello' };
const codeOf = async (text: string, wanted?: RegExp | CodeOptions): Promise<string> =>
  (await createMessage({ ...parties, text })).code(wanted);
const codeOfHtml = async (html: string): Promise<string> => (await createMessage({ ...parties, html })).code();

const codes: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'digits behind their word': ['Your code is 482913.', '482913'],
  'digits before their word': ['482913 is your Contoso code.', '482913'],
  'alone on a line': ['Hello\n\n0042', '0042'],
  'in two halves': ['PIN: 123 456', '123456'],
  'in pairs': ['PIN: 12-34-56', '123456'],
  'a digit at a time': ['Code: 4 8 2 - 9 1 3', '482913'],
  'a digit a line': ['Your code\n4\n8\n2\n9\n\nBye', '4829'],
  'behind a letter that is there to be recognised': ['G-482913 is your code', '482913'],
  'letters and digits as they are written': ['Your code is K7P-9QX', 'K7P-9QX'],
  'letters in groups': ['Enter this code: BCDF-GHJK', 'BCDF-GHJK'],
  'letters behind a colon': ['Verification code: QGFDAE', 'QGFDAE'],
  'letters behind an acronym and a colon': ['PIN: TULOMA', 'TULOMA'],
  'Arabic digits': ['رمز التحقق ٤٨٢٩١٣', '482913'],
  'Devanagari digits': ['आपका कोड ४८२९१३ है', '482913'],
  'digits of mathematics': ['Code: 𝟒𝟖𝟐𝟗𝟏𝟑', '482913'],
  keycaps: ['Code: 4️⃣8️⃣2️⃣9️⃣', '4829'],
  'a year, where it is named as one': ['Your code is 2026', '2026'],
};

for (const [what, [text, code]] of Object.entries(codes)) {
  test(`a code is found: ${what}`, async () => {
    expect(await codeOf(text)).toBe(code);
  });
}

const shown: Readonly<Record<string, readonly [html: string, code: string]>> = {
  'a cell a digit': ['<p>Your code<table><tr><td>4<td>8<td>2<td>9</table>', '4829'],
  'a span a digit': ['<p>Your code <span>4</span><span>8</span><span>2</span><span>9</span>', '4829'],
  'a block a digit': ['<p>Your code<div>4</div><div>8</div><div>2</div><div>9</div>', '4829'],
  'a hidden preheader': ['<div style="display:none">Code 111111</div><p>Code 482913', '482913'],
  'hidden by a style sheet': [
    '<style>div.pre{display:none!important}</style><div class="pre">Code 111111</div><p>Code 482913',
    '482913',
  ],
  'too small to read': ['<span style="font-size:1px">Code 111111</span><p>Code 482913', '482913'],
  'in the colour of its background': [
    '<table bgcolor="#ffffff"><td style="color:rgb(255,255,255)">Code 111111</table><p>Code 482913',
    '482913',
  ],
  'cut off': ['<div style="max-height:0;overflow:hidden">Code 111111</div><p>Code 482913', '482913'],
  'styles and addresses': [
    '<style>a{color:#111111}</style><img src="https://contoso.com/222222.png"><p style="width:3333px">Code 482913',
    '482913',
  ],
  'text within what has no size': [
    '<td style="font-size:0"><span style="font-size:16px">Code 482913</span></td>',
    '482913',
  ],
  'white on a button': ['<p style="background:#06c"><b style="color:#fff">Code 482913</b>', '482913'],
  'a quoted mail': [
    '<p>Code 482913<blockquote type="cite">Code 111111</blockquote><div class="gmail_quote">Code 222222</div>',
    '482913',
  ],
};

for (const [what, [html, code]] of Object.entries(shown)) {
  test(`a code is found as a reader sees it: ${what}`, async () => {
    expect(await codeOfHtml(html)).toBe(code);
  });
}

const none: Readonly<Record<string, string>> = {
  'an order': 'Your order 48151623 was placed on 2026-11-23. Total: 1999.50 EUR',
  'a phone number': 'Call +49 30 1234567 or 0800 123 4567, (555) 010-1234',
  'an address on the web, of mail, of a host': 'https://contoso.com/482913 user482913@contoso.com 203.0.113.77',
  'dates, times, years': '27 November 2026 at 0930, 4/30/2026 10:02, © 2024-2026 Contoso, 2026年11月27日',
  'prices and measures': '$1499, 1.499,00 €, 1200 EUR, 4821円, 3600 seconds, 2048 MB, 99%',
  'another kind of code': 'Postal code 98052, discount code SAVE20, error code 5031',
  'a word in capitals': 'Your code has EXPIRED. CONTOSO',
  'what became of a PIN': 'PIN: CHANGED',
  'a line in capitals': 'YOUR PIN: CONTOSO',
};

for (const [what, text] of Object.entries(none)) {
  test(`there is no code in ${what}`, async () => {
    await expect(codeOf(text)).rejects.toThrow(/was expected to have a one-time code; it has none/);
  });
}

test('of two codes that are equally good none is guessed: both are listed with their lines', async () => {
  const text = 'Code for Anna: 482913\nCode for Ben: 771204';
  await expect(codeOf(text)).rejects.toThrow(
    /2 that are equally good.*"482913", in "Code for Anna: 482913".*"771204", in "Code for Ben: 771204".*code\(/s,
  );
  expect(await codeOf(text, /Ben: (\d+)/)).toBe('771204');
});

test('where there is no code, what came near is listed, and why it is none', async () => {
  await expect(codeOf('Your order 48151623 is on its way.\nPIN: 1234567890')).rejects.toThrow(
    /"1234567890", in "PIN: 1234567890"; it has 10 digits.*"48151623", in "Your order.*; it is a number of another kind/s,
  );
});

test('the length of a code can be told', async () => {
  const text = 'Your code is 482913, your PIN is 4829.\nPIN: 1234567890';
  expect(await codeOf(text, { length: 6 })).toBe('482913');
  expect(await codeOf(text, { length: [3, 5] })).toBe('4829');
  expect(await codeOf(text, { length: 10 })).toBe('1234567890');
});

test('the subject is searched too, and the text part where the HTML has no code', async () => {
  const subject = '482913 is your code';
  expect((await createMessage({ ...parties, subject, text: 'See above.' })).code()).toBe('482913');
  expect((await createMessage({ ...parties, text: 'Code: 482913', html: '<img src="cid:x">' })).code()).toBe('482913');
  expect((await createMessage({ ...parties, text: 'See the HTML.', html: '<p>Code: 482913' })).code()).toBe('482913');
});

test('what a mail quotes is not what it says, unless it passes it on', async () => {
  const quoted = 'Thanks!\n\nFrom: App <no-reply@contoso.com>\nSent: Friday, 27 November 2026\n\nYour code is 482913';
  await expect(codeOf(quoted)).rejects.toThrow(/it has none/);
  await expect(codeOf('Thanks!\n> Your code is 482913')).rejects.toThrow(/it has none/);
  expect((await createMessage({ ...parties, subject: 'Fwd: Code', text: quoted })).code()).toBe('482913');
});

test('a pattern of its own gives its group, else its match; a missing code is an error', async () => {
  const message = await createMessage({ ...parties, subject: 'Seat 12A', text: 'Voucher AB-12, table 7' });
  expect(message.code(/Voucher (\S+),/)).toBe('AB-12');
  expect(message.code(/AB-\d+/g)).toBe('AB-12');
  expect(message.code(/Seat (\w+)/)).toBe('12A');
  expect(() => message.code(/Gate/)).toThrow('was expected to have a code /Gate/; it has none');
});

for (const wanted of ['code', { length: 0 }, { length: [6, 4] }, { length: '6' }, { lenght: 6 }, 6]) {
  test(`code() refuses ${JSON.stringify(wanted)}`, async () => {
    await expect(codeOf('Your code is 482913', wanted as CodeOptions)).rejects.toMatchObject({ code: 'CONFIGURATION' });
  });
}
