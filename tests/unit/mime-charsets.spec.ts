import { expect, test } from '@playwright/test';
import { parseSource, parseText } from '../support/parse-source.js';

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

const texts: Readonly<Record<string, readonly [contentType: string, octets: string, text: string]>> = {
  'Windows-1252 under the name of Latin-1': ['text/plain; charset=iso-8859-1', '\x93hi\x94 5 \x80', '“hi” 5 €'],
  'Windows-1252 under the name of ASCII': ['text/plain; charset=us-ascii', 'Gr\xfc\xdfe', 'Grüße'],
  'Windows-1252 under no name': ['text/plain', 'Gr\xfc\xdfe', 'Grüße'],
  'Windows-1252 under the name of UTF-8': ['text/plain; charset=utf-8', 'Gr\xfc\xdfe aus K\xf6ln', 'Grüße aus Köln'],
  'UTF-8 under no name': ['text/plain', utf8('Grüße 🎉'), 'Grüße 🎉'],
  'UTF-8 under the name of ASCII': ['text/plain; charset="us-ascii"', utf8('Grüße'), 'Grüße'],
  'UTF-8 under a name that says nothing': ['text/plain; charset=unknown-8bit', utf8('Grüße'), 'Grüße'],
  'UTF-8 that was cut within a character': [
    'text/plain; charset=utf-8',
    utf8('Grüße, für').slice(0, -2),
    'Grüße, f\ufffd',
  ],
  'a byte order mark, whatever is named': ['text/plain; charset=iso-8859-1', `\xef\xbb\xbf${utf8('Grüße')}`, 'Grüße'],
  'UTF-16 with a byte order mark': ['text/plain; charset=utf-16', '\xfe\xff\0C\0o\0d\0e', 'Code'],
  'GB 18030 under the name of GB 2312': ['text/plain; charset=gb2312', '\xd1\xe9\xd6\xa4\x94\x39\xc9\x33', '验证🏿'],
  'Korean by Outlook': ['text/plain; charset=ks_c_5601-1987', '\xc0\xce\xc1\xf5\x81\x41', '인증갂'],
  'Japanese in seven bits': ['text/plain; charset=iso-2022-jp', "\x1b$BG'>Z\x1b(B 1", '認証 1'],
  'Japanese in seven bits under no name': ['text/plain', "\x1b$BG'>Z\x1b(B 1", '認証 1'],
  'Japanese by Outlook': ['text/plain; charset=cp932', '\x94\x46\x8f\xd8\x87\x40', '認証①'],
  'UTF-7': ['text/plain; charset=utf-7', 'Gr+APwA3w-e', 'Grüße'],
  DOS: ['text/plain; charset=cp850', 'Gr\x81\xe1e', 'Grüße'],
  'a name in odd quotes': [`text/plain; charset='utf-8'`, utf8('Grüße'), 'Grüße'],
  'a name that nobody knows': ['text/plain; charset=x-own', utf8('Grüße'), 'Grüße'],
  Thai: ['text/plain; charset=windows-874', '\xc3\xcb\xd1\xca', 'รหัส'],
};

for (const [what, [contentType, octets, text]] of Object.entries(texts)) {
  test(`a text is read: ${what}`, async () => {
    expect((await parseText(contentType, octets)).text).toBe(text);
  });
}

test('an HTML text may name its charset itself, where the mail names none', async () => {
  const html = '<html><head><meta charset="windows-1251"></head><body>\xca\xee\xe4</body></html>';
  expect((await parseText('text/html', html)).text).toBe('Код');
  expect((await parseText('text/html; charset=koi8-r', '<meta charset="windows-1251">\xeb\xcf\xc4')).text).toBe('Код');
});

const subjects: Readonly<Record<string, readonly [field: string, subject: string]>> = {
  'Windows-1252 under the name of Latin-1': ['=?iso-8859-1?Q?It=92s?=', 'It’s'],
  'a character cut in two': ['=?utf-8?B?4p?= =?utf-8?B?yF?=', '✅'],
  'blanks within a word': ['=?utf-8?Q?Your code is 123456?=', 'Your code is 123456'],
  'blanks between words, and none': ['=?utf-8?Q?a?= =?utf-8?Q?b?= c', 'ab c'],
  'GB 2312': ['=?gb2312?B?0enWpMLr?=', '验证码'],
  'a language': ['=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  'raw UTF-8': [utf8('Grüße 😀'), 'Grüße 😀'],
  'what only looks like one': ['=?nothing?=', '=?nothing?='],
  'a fold': ['Verify\r\n\tyour\r\n  address', 'Verify your  address'],
};

for (const [what, [field, subject]] of Object.entries(subjects)) {
  test(`a subject is read: ${what}`, async () => {
    expect((await parseSource(`Subject: ${field}`, '', 'x')).subject).toBe(subject);
  });
}

test('raw octets in the header section are in the charset of the text', async () => {
  const message = await parseSource(
    'Subject: \xd1\xe9\xd6\xa4',
    'Content-Type: text/plain; charset=gbk',
    '',
    '\xc2\xeb',
  );
  expect(message).toMatchObject({ subject: '验证', text: '码\n' });
  expect(message.headers.get('subject')).toEqual(['验证']);
});
