import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { signInImap } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

/** What FETCH tells of a message; its lines may end in LF or CRLF. */
async function fetchFrom(source: string | Buffer, items: string): Promise<string> {
  await using sandbox = await startSandbox();
  sandbox.store
    .account(user)
    .folder('inbox')
    .add({ source: Buffer.from(source), flags: ['\\Seen'] });
  await using client = await signInImap(sandbox, 'INBOX');
  const [answer = ''] = await client.ok(`FETCH 1 ${items}`);
  return answer.replace(/^\* 1 FETCH \((.*)\)$/s, '$1');
}

/** The octets of one section; `undefined` where the message has none. */
async function section(source: string, item: string): Promise<string | undefined> {
  const answer = await fetchFrom(source, item);
  if (answer.endsWith(' NIL')) return undefined;
  const [, size = '', octets = ''] = /\{(\d+)\}\r\n(.*)$/s.exec(answer) ?? [];
  expect(octets).toHaveLength(Number(size));
  return octets;
}

const nested = `From: a@b.com
Subject: outer
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=outer

preamble
--outer
Content-Type: multipart/related; boundary="outer-inner"; type="text/html"

--outer-inner
Content-Type: text/html; charset=utf-8
Content-ID: <h@x>
Content-Location: http://x/

<p>
--outer-inner
Content-Type: image/png; name="a b.png"
Content-Disposition: inline; filename="a b.png"
Content-Transfer-Encoding: BASE64
Content-ID: <i@x>
Content-Description: an image
Content-MD5: abc
Content-Language: en, de

iVBO
--outer-inner--
--outer
Content-Type: message/rfc822
Content-Disposition: attachment

From: in@x.com
Subject: inner
Content-Type: multipart/mixed; boundary=y

--y

inner text
--y
Content-Type: message/rfc822

Subject: innermost

deep
--y--

--outer--
epilogue
`;

const envelopes = [
  {
    name: 'sender and reply-to stand for themselves or for from',
    header:
      'Date: Mon, 1 Jan 2024 00:00:00 +0000\nFrom: "Doe, Jane" <j@x.com>\nSender: s@x.com\nTo: a@b, C <c@d>\nMessage-ID: <1@x>\nIn-Reply-To: <0@x>',
    envelope:
      '("Mon, 1 Jan 2024 00:00:00 +0000" NIL (("Doe, Jane" NIL "j" "x.com")) ((NIL NIL "s" "x.com")) (("Doe, Jane" NIL "j" "x.com")) ((NIL NIL "a" "b")("C" NIL "c" "d")) NIL NIL "<0@x>" "<1@x>")',
  },
  {
    name: 'nothing is there',
    header: 'X-Other: 1',
    envelope: '(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)',
  },
  {
    name: 'fields are there and empty',
    header: 'Subject:\nFrom: \nTo:\nMessage-ID:',
    envelope: '(NIL "" NIL NIL NIL NIL NIL NIL NIL "")',
  },
  {
    name: 'encoded words and quotes are left as they are',
    header: 'From: =?utf-8?q?J=C3=BCrgen?= <j@x.com>\nSubject: =?utf-8?b?w7w=?= "q" \\ b',
    envelope:
      '(NIL "=?utf-8?b?w7w=?= \\"q\\" \\\\ b" (("=?utf-8?q?J=C3=BCrgen?=" NIL "j" "x.com")) (("=?utf-8?q?J=C3=BCrgen?=" NIL "j" "x.com")) (("=?utf-8?q?J=C3=BCrgen?=" NIL "j" "x.com")) NIL NIL NIL NIL NIL)',
  },
  {
    name: 'a group opens and closes',
    header: 'To: Team: a@b, "C D" <c@d>; , e@f\nCc: undisclosed-recipients:;',
    envelope:
      '(NIL NIL NIL NIL NIL ((NIL NIL "Team" NIL)(NIL NIL "a" "b")("C D" NIL "c" "d")(NIL NIL NIL NIL)(NIL NIL "e" "f")) ((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL)) NIL NIL NIL)',
  },
  {
    name: 'a field is folded and a local part quoted',
    header: 'Subject: a\n folded\n\tsubject\nTo: x@y,\n "local part"@x.com\nBcc: z@z',
    envelope:
      '(NIL "a folded\tsubject" NIL NIL NIL ((NIL NIL "x" "y")(NIL NIL "local part" "x.com")) NIL ((NIL NIL "z" "z")) NIL NIL)',
  },
  {
    name: 'octets beyond ASCII go as literals',
    header: 'Subject: Grüße',
    envelope: `(NIL {7}\r\nGr\xc3\xbc\xc3\x9fe NIL NIL NIL NIL NIL NIL NIL NIL)`,
  },
];
for (const { name, header, envelope } of envelopes) {
  test(`ENVELOPE: ${name}`, async () => {
    expect(await fetchFrom(`${header}\n\nbody\n`, 'ENVELOPE')).toBe(`ENVELOPE ${envelope}`);
  });
}

const text = (lines: string) => `("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" ${lines} NIL NIL NIL NIL)`;

const structures = [
  { name: 'plain text', source: 'Subject: x\n\none\ntwo\n', structure: text('10 2') },
  { name: 'no body', source: 'Subject: x\n\n', structure: text('0 0') },
  { name: 'no empty line after the header', source: 'Subject: x\n', structure: text('0 0') },
  { name: 'no header', source: '\nbody\n', structure: text('6 1') },
  { name: 'nothing at all', source: '', structure: text('0 0') },
  { name: 'a type that is none', source: 'Content-Type: text\n\nx\n', structure: text('3 1') },
  {
    name: 'parts that are embedded in parts',
    source: nested,
    structure: `((("text" "html" ("charset" "utf-8") "<h@x>" NIL "7bit" 3 0 NIL NIL NIL "http://x/")("image" "png" ("name" "a b.png") "<i@x>" "an image" "base64" 4 "abc" ("inline" ("filename" "a b.png")) ("en" "de") NIL) "related" ("boundary" "outer-inner" "type" "text/html") NIL NIL NIL)("message" "rfc822" NIL NIL NIL "7bit" 168 (NIL "inner" ((NIL NIL "in" "x.com")) ((NIL NIL "in" "x.com")) ((NIL NIL "in" "x.com")) NIL NIL NIL NIL NIL) (${text('10 0')}("message" "rfc822" NIL NIL NIL "7bit" 26 (NIL "innermost" NIL NIL NIL NIL NIL NIL NIL NIL) ${text('4 0')} 2 NIL NIL NIL NIL) "mixed" ("boundary" "y") NIL NIL NIL) 14 NIL ("attachment" NIL) NIL NIL) "mixed" ("boundary" "outer") NIL NIL NIL)`,
  },
  {
    name: 'a digest, whose parts are messages unless they say otherwise',
    source:
      'Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: d\n\nb\n--x\nContent-Type: text/plain\n\nt\n--x--\n',
    structure: `(("message" "rfc822" NIL NIL NIL "7bit" 15 (NIL "d" NIL NIL NIL NIL NIL NIL NIL NIL) ${text('1 0')} 2 NIL NIL NIL NIL)("text" "plain" NIL NIL NIL "7bit" 1 0 NIL NIL NIL NIL) "digest" ("boundary" "x") NIL NIL NIL)`,
  },
  {
    name: 'the last boundary is missing',
    source: 'Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntwo\n',
    structure: `(${text('3 0')}${text('5 1')} "mixed" ("boundary" "x") NIL NIL NIL)`,
  },
  {
    name: 'parts without anything in them',
    source: 'Content-Type: multipart/mixed; boundary=x\n\n--x\n--x\n\n--x--\n',
    structure: `(${text('0 0')}${text('0 0')} "mixed" ("boundary" "x") NIL NIL NIL)`,
  },
  {
    name: 'a multipart without parts',
    source: 'Content-Type: multipart/mixed; boundary=x\n\nno boundary\n',
    structure: `(${text('0 0')} "mixed" ("boundary" "x") NIL NIL NIL)`,
  },
  {
    name: 'a multipart without a boundary',
    source: 'Content-Type: multipart/mixed\n\n--x\n\none\n--x--\n',
    structure: `(${text('0 0')} "mixed" NIL NIL NIL NIL)`,
  },
  {
    name: 'a line that only begins like the boundary',
    source: 'Content-Type: multipart/mixed; boundary=ab\n\n--ab\n\n--abc\n--ab  \n\ntwo\n--ab--\n',
    structure: `(${text('5 0')}${text('3 0')} "mixed" ("boundary" "ab") NIL NIL NIL)`,
  },
  {
    name: 'parameters in quotes, with comments, spaces and a character set of their own',
    source:
      'Content-Type: text/plain; charset=utf-8 (comment); name=my file.txt; x="a\\"b;c"\nContent-Disposition: ATTACHMENT; FileName*=utf-8\'\'%C3%BC.txt; empty=\n\nx\n',
    structure:
      '("text" "plain" ("charset" "utf-8" "name" "my file.txt" "x" "a\\"b;c") NIL NIL "7bit" 3 1 NIL ("attachment" ("filename*" "utf-8\'\'%C3%BC.txt" "empty" "")) NIL NIL)',
  },
];
for (const { name, source, structure } of structures) {
  test(`BODYSTRUCTURE: ${name}`, async () => {
    expect(await fetchFrom(source, 'BODYSTRUCTURE')).toBe(`BODYSTRUCTURE ${structure}`);
  });
}

test('BODY is BODYSTRUCTURE without its extension data', async () => {
  const source = 'Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x--\n';
  const part = '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 3 0)';
  expect(await fetchFrom(source, 'BODY')).toBe(`BODY (${part} "mixed")`);
});

test('parts that are nested beyond all measure are left in one piece', async () => {
  let source = 'deepest';
  for (let depth = 0; depth < 2000; depth++) source = `Content-Type: message/rfc822\r\n\r\n${source}`;
  expect(await fetchFrom(source, 'BODYSTRUCTURE')).toContain('"application" "octet-stream"');
});

const sections = [
  { item: 'BODY[1.1]', octets: '<p>' },
  {
    item: 'BODY[1.1.MIME]',
    octets: 'Content-Type: text/html; charset=utf-8\r\nContent-ID: <h@x>\r\nContent-Location: http://x/\r\n\r\n',
  },
  { item: 'BODY[1.2]', octets: 'iVBO' },
  { item: 'BODY[1.2]<1.2>', octets: 'VB' },
  { item: 'BODY[1.2]<3.100>', octets: 'O' },
  { item: 'BODY[1.2]<9.1>', octets: '' },
  { item: 'BODY[2.HEADER.FIELDS (subject X-None)]', octets: 'Subject: inner\r\n\r\n' },
  {
    item: 'BODY[2.HEADER.FIELDS.NOT (Subject)]',
    octets: 'From: in@x.com\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n',
  },
  { item: 'BODY[2.1]', octets: 'inner text' },
  { item: 'BODY[2.2.HEADER]', octets: 'Subject: innermost\r\n\r\n' },
  { item: 'BODY[2.2.TEXT]', octets: 'deep' },
  { item: 'BODY[2.2.1]', octets: 'deep' },
  { item: 'BODY[HEADER.FIELDS (SUBJECT)]', octets: 'Subject: outer\r\n\r\n' },
  { item: 'BODY[1.HEADER]', octets: undefined },
  { item: 'BODY[1.1.1]', octets: undefined },
  { item: 'BODY[3]', octets: undefined },
  { item: 'BODY[2.2.2]', octets: undefined },
];
for (const { item, octets } of sections) {
  test(`${item} is ${octets === undefined ? 'nothing' : JSON.stringify(octets)}`, async () => {
    expect(await section(nested, item)).toBe(octets);
  });
}

test('the parts of a message without parts', async () => {
  const source = 'Subject: x\n\nbody\n';
  expect(await section(source, 'BODY[]')).toBe('Subject: x\r\n\r\nbody\r\n');
  expect(await section(source, 'BODY[HEADER]')).toBe('Subject: x\r\n\r\n');
  expect(await section(source, 'BODY[TEXT]')).toBe('body\r\n');
  expect(await section(source, 'BODY[1]')).toBe('body\r\n');
  expect(await section(source, 'BODY[1.1]')).toBeUndefined();
  expect(await section(source, 'BODY[2]')).toBeUndefined();
  expect(await section(source, 'RFC822')).toBe('Subject: x\r\n\r\nbody\r\n');
  expect(await section(source, 'RFC822.HEADER')).toBe('Subject: x\r\n\r\n');
  expect(await section(source, 'RFC822.TEXT')).toBe('body\r\n');
});

test('size, date, uid and flags; macros stand for several', async () => {
  await using sandbox = await startSandbox();
  const receivedAt = new Date('2026-02-03T04:05:06Z');
  sandbox.store
    .account(user)
    .folder('inbox')
    .add({ source: Buffer.from('Subject: ä\n\n'), receivedAt });
  await using client = await signInImap(sandbox, 'INBOX');
  const fast = 'FLAGS (\\Recent) INTERNALDATE "03-Feb-2026 04:05:06 +0000" RFC822.SIZE 15';
  expect(await client.ok('FETCH 1 FAST')).toEqual([`* 1 FETCH (${fast})`]);
  expect(await client.ok('FETCH 1 all')).toEqual([expect.stringMatching(/RFC822.SIZE 15 ENVELOPE \(.*\)\)$/s)]);
  expect(await client.ok('FETCH 1 FULL')).toEqual([expect.stringMatching(/ENVELOPE \(.*\) BODY \("text" .*\)\)$/s)]);
  expect(await client.ok('UID FETCH 1 (UID FLAGS)')).toEqual(['* 1 FETCH (UID 1 FLAGS (\\Recent))']);
  expect(await client.ok('UID FETCH 1 FLAGS')).toEqual(['* 1 FETCH (UID 1 FLAGS (\\Recent))']);
});

test('reading a body marks the message as read, peeking does not', async () => {
  await using sandbox = await startSandbox();
  const [message] = [
    sandbox.store
      .account(user)
      .folder('inbox')
      .add({ source: Buffer.from('Subject: x\r\n\r\n') }),
  ];
  await using client = await signInImap(sandbox, 'INBOX');
  for (const item of ['BODY.PEEK[]', 'RFC822.HEADER', 'BODY', 'ENVELOPE']) {
    await client.ok(`FETCH 1 ${item}`);
    expect(message?.flags).not.toContain('\\Seen');
  }
  for (const item of ['BODY[]', 'BODY[TEXT]<0.1>', 'RFC822', 'RFC822.TEXT']) {
    message?.folder.setFlag(message, '\\Seen', false);
    const answers = await client.ok(`FETCH 1 ${item}`);
    expect(answers).toEqual([expect.stringMatching(/ FLAGS \(\\Seen \\Recent\)\)$/)]);
    expect(message?.flags).toContain('\\Seen');
  }
});
