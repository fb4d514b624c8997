import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { signInImap } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

const mails = [
  {
    source: `From: Ann <ann@contoso.com>
To: qa@contoso.com
Cc: carl@contoso.com
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_an_alle?=
Date: Tue, 3 Feb 2026 23:30:00 -0800
X-Mark: yes

The first text
`,
    flags: ['\\Seen', '\\Answered', '$Label'],
    receivedAt: new Date('2026-02-04T12:00:00Z'),
  },
  {
    source: `From: bob@contoso.com
To: qa+tag@contoso.com
Bcc: dora@contoso.com
Subject: Invoice
 for you
Date: Thu, 5 Feb 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<p>Sch=F6ne Gr=FC=DFe</p>
`,
    flags: ['\\Flagged', '\\Draft'],
    receivedAt: new Date('2026-02-05T23:59:59Z'),
  },
  {
    source: 'Subject: Third\n\n' + 'x'.repeat(2000),
    flags: ['\\Deleted'],
    receivedAt: new Date('2026-02-06T00:00:00Z'),
  },
];

const searches = [
  { keys: 'ALL', found: [1, 2, 3] },
  { keys: 'SEEN', found: [1] },
  { keys: 'unseen', found: [2, 3] },
  { keys: 'ANSWERED', found: [1] },
  { keys: 'UNANSWERED', found: [2, 3] },
  { keys: 'FLAGGED DRAFT', found: [2] },
  { keys: 'UNFLAGGED UNDRAFT', found: [1, 3] },
  { keys: 'DELETED', found: [3] },
  { keys: 'UNDELETED', found: [1, 2] },
  { keys: 'KEYWORD $label', found: [1] },
  { keys: 'UNKEYWORD $Label', found: [2, 3] },
  { keys: 'NEW', found: [2, 3] },
  { keys: 'RECENT', found: [1, 2, 3] },
  { keys: 'OLD', found: [] },
  { keys: 'FROM ann@', found: [1] },
  { keys: 'TO QA@contoso.com', found: [1] },
  { keys: 'TO qa', found: [1, 2] },
  { keys: 'CC carl', found: [1] },
  { keys: 'BCC dora', found: [2] },
  { keys: 'SUBJECT "invoice for"', found: [2] },
  { keys: 'SUBJECT ""', found: [1, 2, 3] },
  { keys: 'HEADER X-Mark ""', found: [1] },
  { keys: 'HEADER x-mark no', found: [] },
  { keys: 'BODY "first TEXT"', found: [1] },
  { keys: 'TEXT carl', found: [1] },
  { keys: 'BEFORE 5-Feb-2026', found: [1] },
  { keys: 'ON 05-feb-2026', found: [2] },
  { keys: 'SINCE "5-Feb-2026"', found: [2, 3] },
  { keys: 'SENTON 3-Feb-2026', found: [1] },
  { keys: 'SENTBEFORE 5-Feb-2026', found: [1] },
  { keys: 'SENTSINCE 4-Feb-2026', found: [2] },
  { keys: 'LARGER 1000', found: [3] },
  { keys: 'SMALLER 1000', found: [1, 2] },
  { keys: '2:*', found: [2, 3] },
  { keys: '1,3 UNSEEN', found: [3] },
  { keys: '99', found: [] },
  { keys: 'UID 2:9', found: [2, 3] },
  { keys: 'NOT SEEN', found: [2, 3] },
  { keys: 'OR FROM ann FROM bob', found: [1, 2] },
  { keys: 'NOT (SEEN KEYWORD $Label)', found: [2, 3] },
  { keys: '(OR (FROM ann SEEN) NOT UNDELETED)', found: [1, 3] },
  { keys: 'CHARSET US-ASCII SUBJECT third', found: [3] },
];
for (const { keys, found } of searches) {
  test(`SEARCH ${keys} finds ${found.join(', ') || 'nothing'}`, async () => {
    await using client = await clientWithMails();
    expect(await client.ok(`SEARCH ${keys}`)).toEqual([['* SEARCH', ...found].join(' ')]);
  });
}

test('UID SEARCH gives uids', async () => {
  await using client = await clientWithMails();
  await client.ok('STORE 1 +FLAGS.SILENT (\\Deleted)');
  await client.ok('UID EXPUNGE 1');
  expect(await client.ok('SEARCH ALL')).toEqual(['* SEARCH 1 2']);
  expect(await client.ok('UID SEARCH ALL')).toEqual(['* SEARCH 2 3']);
});

for (const key of ['SUBJECT', 'TEXT', 'BODY']) {
  test(`SEARCH ${key} finds UTF-8 in what is encoded`, async () => {
    await using client = await clientWithMails();
    const literal = Buffer.from('GRÜße').toString('latin1');
    const found = { SUBJECT: '1', TEXT: '1 2', BODY: '2' }[key];
    expect(await client.ok(`SEARCH CHARSET UTF-8 ${key} {${literal.length}+}\r\n${literal}`)).toEqual([
      `* SEARCH ${found}`,
    ]);
  });
}

test('refuses other character sets and keys that are none', async () => {
  await using client = await clientWithMails();
  expect((await client.command('SEARCH CHARSET KOI8-R ALL')).at(-1)).toMatch(/^NO \[BADCHARSET \(US-ASCII UTF-8\)\]/);
  for (const wrong of [
    '',
    'FOO',
    'SUBJECT',
    'OR SEEN',
    'NOT',
    '(SEEN',
    'ON 5-Foo-2026',
    'BEFORE yesterday',
    '()',
    'LARGER x',
  ]) {
    expect((await client.command(`SEARCH ${wrong}`)).at(-1), wrong).toMatch(/^BAD /);
  }
});

async function clientWithMails() {
  const sandbox = await startSandbox();
  for (const { source, ...rest } of mails) {
    sandbox.store
      .account(user)
      .folder('inbox')
      .add({ source: Buffer.from(source), ...rest });
  }
  const client = await signInImap(sandbox, 'INBOX');
  return {
    ok: client.ok.bind(client),
    command: client.command.bind(client),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}
