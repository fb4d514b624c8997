import { expect, test } from '@playwright/test';
import { multipart, parseSource } from '../support/parse-source.js';

const text = ['Content-Type: text/plain', '', 'Text'];
const html = ['Content-Type: text/html', '', '<p>Html</p>'];
const pdf = ['Content-Type: application/pdf; name=a.pdf', '', 'pdf'];
const logo = ['Content-Type: image/png; name=logo.png', 'Content-ID: <logo@contoso.com>', '', 'png'];
const withLogo = ['Content-Type: text/html', '', '<p>Html</p><img src="cid:logo%40contoso.com">'];

interface Shape {
  readonly text?: string;
  readonly html?: RegExp;
  readonly files?: readonly string[];
}

const structures: Readonly<Record<string, readonly [lines: readonly string[], Shape]>> = {
  'HTML before text': [multipart('alternative', html, text), { text: 'Text', html: /^<p>Html<\/p>$/, files: [] }],
  'an empty text beside HTML': [
    multipart('alternative', ['Content-Type: text/plain', '', ' '], html),
    { text: 'Html', html: /Html/ },
  ],
  'a form with files of its own': [
    multipart('alternative', text, multipart('mixed', html, pdf, ['Content-Type: text/html', '', '<p>After</p>'])),
    { text: 'Text', html: /Html[^]*After/, files: ['a.pdf'] },
  ],
  'an image before the HTML that shows it': [
    multipart('related', logo, withLogo),
    { text: 'Html', html: /cid:/, files: ['logo.png'] },
  ],
  'a related part that is named as the start': [
    multipart(
      'related; start="<root>"',
      ['Content-Type: text/plain; name=other.txt', 'Content-ID: <other>', '', 'Other'],
      ['Content-Type: text/html', 'Content-ID: <root>', '', 'Root'],
    ),
    { text: 'Root', files: ['other.txt'] },
  ],
  'a footer of a mailing list': [
    multipart('mixed', html, ['', 'footer <1>']),
    { text: 'Html\nfooter <1>', html: /Html[^]*footer &lt;1&gt;/ },
  ],
  'texts around a file': [
    multipart('mixed', text, pdf, ['', 'After']),
    { text: 'Text\nAfter', html: /^$/, files: ['a.pdf'] },
  ],
  'a text that is a file': [
    multipart('mixed', text, [
      'Content-Type: text/plain',
      'Content-Disposition: inline; filename=notes.txt',
      '',
      'notes',
    ]),
    { text: 'Text', files: ['notes.txt'] },
  ],
  'an HTML file': [
    multipart('mixed', text, [
      'Content-Type: text/html',
      'Content-Disposition: attachment; filename=a.html',
      '',
      '<a>',
    ]),
    { text: 'Text', html: /^$/, files: ['a.html'] },
  ],
  'a text of a kind that nobody knows': [['Content-Type: text/markdown', '', '# Hi'], { text: '# Hi\n', files: [] }],
  'a type that is none': [['Content-Type: text', '', 'Body'], { text: 'Body\n' }],
  'a form for AMP': [
    multipart('alternative', text, ['Content-Type: text/x-amp-html', '', '<html amp4email>'], html),
    { text: 'Text', html: /^<p>Html<\/p>$/, files: [''] },
  ],
  'a message within': [
    multipart('mixed', text, [
      'Content-Type: message/rfc822',
      '',
      'Subject: Old',
      'Content-Type: text/html',
      '',
      '<b>old</b>',
    ]),
    { text: 'Text', html: /^$/, files: [''] },
  ],
  'messages of a digest': [
    multipart('digest', ['', 'Subject: One', '', '1'], ['', 'Subject: Two', '', '2']),
    { text: '', files: ['', ''] },
  ],
  'no closing boundary': [multipart('mixed', text, pdf).slice(0, -1), { text: 'Text', files: ['a.pdf'] }],
  'a boundary that is not named': [
    multipart('mixed', text, pdf).with(0, 'Content-Type: multipart/mixed'),
    { text: 'Text', files: ['a.pdf'] },
  ],
  'a boundary that is not the one in use': [
    multipart('mixed', text, pdf).with(0, 'Content-Type: multipart/mixed; boundary=other'),
    { text: 'Text', files: ['a.pdf'] },
  ],
  'a multipart without parts': [
    ['Content-Type: multipart/mixed; boundary=b', '', 'Just text'],
    { text: 'Just text\n', files: [] },
  ],
  'an inner multipart with the boundary of the outer one': [
    [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      ...text,
      '--b',
      ...pdf,
      '--b--',
    ],
    { text: 'Text', files: ['a.pdf'] },
  ],
  'a boundary that begins like another': [
    [
      'Content-Type: multipart/mixed; boundary=AA',
      '',
      '--AA',
      'Content-Type: multipart/alternative; boundary=AAB',
      '',
      '--AAB',
      ...text,
      '--AAB',
      ...html,
      '--AAB--',
      '--AA',
      ...pdf,
      '--AA--',
    ],
    { text: 'Text', html: /Html/, files: ['a.pdf'] },
  ],
  'no empty line before the text of a part': [
    ['Content-Type: multipart/mixed; boundary=b', '', '--b', 'Just text', '--b--'],
    { text: 'Just text' },
  ],
  'what stands before and after the parts': [
    ['Content-Type: multipart/mixed; boundary=b', '', 'Preamble', '--b', ...text, '--b--', 'Epilogue'],
    { text: 'Text' },
  ],
  'soft line breaks': [
    ['Content-Type: text/plain; format=flowed', '', 'one ', 'line', '', '> quoted ', '> too', '-- ', 'Sig'],
    { text: 'one line\n\n> quoted too\n-- \nSig\n' },
  ],
  'broken base64, and text after it': [
    ['Content-Type: text/plain', 'Content-Transfer-Encoding: BASE64 (comment)', '', 'aGVs bG8=', 'IQ'],
    { text: 'hello!' },
  ],
  'broken quoted-printable': [
    ['Content-Type: text/plain', 'Content-Transfer-Encoding: quoted-printable', '', 'a =ZZ b=', 'c=c3=bc'],
    { text: 'a =ZZ bcü\n' },
  ],
  'what has no header section': [['', 'Only a body.'], { text: 'Only a body.\n' }],
  'what begins as a file of a mailbox': [
    ['From ada@contoso.com Fri Nov 27 08:00:00 2026', 'Content-Type: text/plain', '', 'Text'],
    { text: 'Text\n' },
  ],
};

for (const [what, [lines, shape]] of Object.entries(structures)) {
  test(`the body is told from the files: ${what}`, async () => {
    const message = await parseSource(...lines);
    if (shape.text !== undefined) expect(message.text).toBe(shape.text);
    if (shape.html) expect(message.html).toMatch(shape.html);
    if (shape.files) expect(message.attachments.map(({ filename }) => filename)).toEqual(shape.files);
  });
}

test('an image that the HTML shows is no attachment to who asks for one', async () => {
  const message = await parseSource(...multipart('related', withLogo, logo));
  expect(message.attachments).toMatchObject([{ filename: 'logo.png', contentId: 'logo@contoso.com', isInline: true }]);
  const other = await parseSource(...multipart('related', html, logo));
  expect(other.attachments).toMatchObject([{ isInline: false }]);
  const located = ['Content-Type: image/png', 'Content-Location: img/logo.png', '', 'x'];
  const byLocation = ['Content-Type: text/html', '', '<img src="img/logo.png">'];
  const page = await parseSource(...multipart('related', byLocation, located));
  expect(page.attachments).toMatchObject([{ contentLocation: 'img/logo.png', isInline: true }]);
});

test('a part keeps its octets, and is read as text in its charset', async () => {
  const { attachments } = await parseSource(
    ...multipart('mixed', text, ['Content-Type: text/csv; charset=windows-1252; name=a.csv', '', 'Gr\xfc\xdfe', '']),
  );
  const [csv] = attachments;
  expect(csv!.content).toEqual(Buffer.from('Gr\xfc\xdfe\r\n', 'latin1'));
  expect(csv!.text()).toBe('Grüße\n');
});

test('uuencoded octets are decoded', async () => {
  const { attachments } = await parseSource(
    'Content-Type: application/zip',
    'Content-Transfer-Encoding: x-uuencode',
    '',
    'begin 644 a.bin',
    '+:&5L;&\\@=V]R;&0',
    '`',
    'end',
  );
  expect(attachments[0]!.content.toString()).toBe('hello world');
});
