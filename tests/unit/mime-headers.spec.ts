import { expect, test } from '@playwright/test';
import { parseSource } from '../support/parse-source.js';

const dates: Readonly<Record<string, string | undefined>> = {
  'Fri, 27 Nov 2026 09:00:00 +0100': '2026-11-27T08:00:00.000Z',
  'Fri, 27 Nov 2026 03:00:00 EST (New York)': '2026-11-27T08:00:00.000Z',
  '27 Nov 26 08:00 UT': '2026-11-27T08:00:00.000Z',
  'Fri, 27 Nov 2026 08:00:00 Z': '2026-11-27T08:00:00.000Z',
  'Fri Nov 27 08:00:00 2026': '2026-11-27T08:00:00.000Z',
  '2026-11-27T09:00:00+01:00': '2026-11-27T08:00:00.000Z',
  '2026-11-27 08:00:00': '2026-11-27T08:00:00.000Z',
  'ven., 27 nov. 2026 08:00:00 +0000': '2026-11-27T08:00:00.000Z',
  'Fri, 27 Nov 2026 08:00:00 XYZ': '2026-11-27T08:00:00.000Z',
  'not a date': undefined,
  'Thu, 99 Foo 2026 25:61:00 +0000': undefined,
  '{{date}} 1': undefined,
  '2026': undefined,
  '': undefined,
};

for (const [field, date] of Object.entries(dates)) {
  test(`the date ${JSON.stringify(field)} is ${date ? 'read' : 'none'}`, async () => {
    const message = await parseSource(`Date: ${field}`, '', 'x');
    expect(message.date?.toISOString()).toBe(date);
  });
}

const addresses: Readonly<Record<string, readonly [field: string, expected: readonly (readonly [string, string])[]]>> =
  {
    'a group': [
      'Team: Ada <ada@contoso.com>, bo@contoso.com;, qa@contoso.com',
      [
        ['Ada', 'ada@contoso.com'],
        ['', 'bo@contoso.com'],
        ['', 'qa@contoso.com'],
      ],
    ],
    'an empty group': ['undisclosed-recipients:;', []],
    'a name that looks like an address': [
      '"ceo@contoso.com" <evil@fabrikam.com>',
      [['ceo@contoso.com', 'evil@fabrikam.com']],
    ],
    'an encoded word that decodes to an address': [
      '=?utf-8?Q?ceo=40contoso.com?= <evil@fabrikam.com>',
      [['ceo@contoso.com', 'evil@fabrikam.com']],
    ],
    'an encoded word in quotes': ['"=?utf-8?Q?J=C3=BCrgen?=" <j@contoso.com>', [['Jürgen', 'j@contoso.com']]],
    'a quoted local part': ['"ada lovelace"@contoso.com', [['', '"ada lovelace"@contoso.com']]],
    'a domain beyond ASCII': ['info@xn--mnchen-3ya.example', [['', 'info@münchen.example']]],
    'an address beyond ASCII': [
      Buffer.from('Jürgen <jürgen@contoso.com>').toString('latin1'),
      [['Jürgen', 'jürgen@contoso.com']],
    ],
  };

for (const [what, [field, expected]] of Object.entries(addresses)) {
  test(`addresses are read: ${what}`, async () => {
    const { to } = await parseSource(`To: ${field}`, '', 'x');
    expect(to.map(({ name, address }) => [name, address])).toEqual(expected);
  });
}

test('of a field that may stand once the first counts; recipients are gathered from all', async () => {
  const message = await parseSource(
    'Subject: One',
    'Subject: Other',
    'From: ada@contoso.com, bo@contoso.com',
    'From: eve@contoso.com',
    'To: a@contoso.com',
    'To: b@contoso.com',
    '',
    'x',
  );
  expect(message.subject).toBe('One');
  expect(message.from?.address).toBe('ada@contoso.com');
  expect(message.authors.map(({ address }) => address)).toEqual(['ada@contoso.com', 'bo@contoso.com']);
  expect(message.to).toHaveLength(2);
  expect(message.headers.get('subject')).toEqual(['One', 'Other']);
});

test('identifiers of messages are found among comments and line breaks', async () => {
  const message = await parseSource(
    'Message-ID: plain@contoso.com',
    'In-Reply-To: Your mail (of Friday) <one@contoso.com>',
    'References: <zero@contoso.com>',
    '\t<a very@contoso.com> <one',
    ' @contoso.com>',
    '',
    'x',
  );
  expect(message.messageId).toBe('<plain@contoso.com>');
  expect(message.inReplyTo).toBe('<one@contoso.com>');
  expect(message.references).toEqual(['<zero@contoso.com>', '<avery@contoso.com>', '<one@contoso.com>']);
});

const filenames: Readonly<Record<string, readonly [field: string, filename: string]>> = {
  'RFC 2231 with a charset': [`filename*=utf-8''Rechnung%20%E2%82%AC.pdf`, 'Rechnung €.pdf'],
  'RFC 2231 in pieces, out of order': [`filename*1*=%84.pdf; filename*0*=utf-8''A%C3`, 'AÄ.pdf'],
  'encoded words': ['filename="=?utf-8?Q?=C3=9Cbersicht=2Epdf?="', 'Übersicht.pdf'],
  'blanks without quotes': ['filename=GALAXY data.pdf', 'GALAXY data.pdf'],
  'a semicolon in quotes': ['filename="a; \\"b\\".pdf"', 'a; "b".pdf'],
  'an encoded word of an encoded word, decoded once': [
    `filename*=utf-8''a%3D%3Futf-8%3FQ%3F%3D2Eexe%3F%3D`,
    'a=?utf-8?Q?=2Eexe?=',
  ],
};

for (const [what, [field, filename]] of Object.entries(filenames)) {
  test(`a file name is read: ${what}`, async () => {
    const { attachments } = await parseSource(
      'Content-Type: application/pdf',
      `Content-Disposition: attachment; ${field}`,
      '',
      'x',
    );
    expect(attachments).toMatchObject([{ filename, contentType: 'application/pdf' }]);
  });
}

test('octets without a type have the type that their name suggests', async () => {
  const { attachments } = await parseSource('Content-Type: application/octet-stream; name="a.csv"', '', '1,2');
  expect(attachments).toMatchObject([{ filename: 'a.csv', contentType: 'text/csv' }]);
});
