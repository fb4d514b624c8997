import { expect, test } from '@playwright/test';
import * as fc from 'fast-check';
import { MimePart } from '../../src/sandbox/message/mime/mime-part.js';
import { bodyStructure } from '../../src/sandbox/imap/body-structure.js';
import { envelope } from '../../src/sandbox/imap/envelope.js';
import { decodeUtf7, encodeUtf7 } from '../../src/sandbox/imap/utf7.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { connectImap, signInImap } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

const wrong = [
  'FOO',
  'FETCH',
  'FETCH 1',
  'FETCH x FLAGS',
  'FETCH 1 (FLAGS',
  'FETCH 1 ()',
  'FETCH 1 FLAGS extra',
  'FETCH 1 BODY[',
  'FETCH 1 BODY[0]',
  'FETCH 1 BODY[1.]',
  'FETCH 1 BODY[MIME]',
  'FETCH 1 BODY[HEADER.FIELDS]',
  'FETCH 1 BODY[HEADER.FIELDS ()]',
  'FETCH 1 BODY[]<1>',
  'FETCH 1 BODY[]<0.0>',
  'FETCH 1 constructor',
  'STORE 1 FLAGS',
  'STORE 1 *FLAGS (\\Seen)',
  'STORE 1 FLAGS.LOUD (\\Seen)',
  'UID',
  'UID NOOP',
  'UID FETCH 99999999999 FLAGS',
  'LIST',
  'LIST ""',
  'STATUS INBOX ()',
  'STATUS INBOX (FOO)',
  'STATUS INBOX (toString)',
  'SELECT',
  'SELECT INBOX (CONDSTORE)',
  'APPEND Drafts',
  'APPEND Drafts "text"',
  'APPEND Drafts "1-Foo-2026 00:00:00 +0000" {1+}\r\nx',
  'APPEND Drafts (\\Recent) {1+}\r\nx',
  'COPY 1',
  'NOOP now',
  'LOGIN',
  'ID',
  'RENAME INBOX',
  'CREATE',
  'CREATE a b',
  'constructor',
];
for (const command of wrong) {
  test(`${JSON.stringify(command)} is BAD, and the session goes on`, async () => {
    await using sandbox = await startSandbox();
    sandbox.store
      .account(user)
      .folder('inbox')
      .add({ source: Buffer.from('\r\n') });
    await using client = await signInImap(sandbox, 'INBOX');
    expect((await client.command(command)).at(-1)).toMatch(/^BAD /);
    expect(await client.ok('FETCH 1 UID')).toEqual(['* 1 FETCH (UID 1)']);
  });
}

test('lines that are no commands are BAD', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  for (const line of ['', ' ', 'a', '(', ' {99999999}', '+ NOOP', '\x00\xff', 'a  NOOP']) {
    client.send(`${line}\r\n`);
    expect(await client.next(), JSON.stringify(line)).toMatch(/ BAD /);
  }
  await client.ok('NOOP');
});

test('lines that end in LF alone and commands in one go are taken', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  client.send(`a LOGIN ${user} {6+}\nsecret\nb NOOP\nc SELECT INBOX\nd LOGOUT\n`);
  const answers: string[] = [];
  for (let answer = await client.next(); answer !== undefined; answer = await client.next()) answers.push(answer);
  expect(answers.filter((answer) => /^[a-d] OK /.test(answer))).toHaveLength(4);
});

test('a command may come octet by octet', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  await using other = await connectImap(sandbox);
  await client.ok(`LOGIN ${user} secret`);
  for (const octet of 'a APPEND Drafts {12+}\r\nSubject: é\r\n\r\n') {
    client.send(octet);
    // Time for the octet to arrive.
    await other.ok('NOOP');
  }
  expect(await client.next()).toMatch(/^a OK /);
  expect(sandbox.store.account(user).folder('drafts').messages[0]?.source).toHaveLength(12);
});

test('what is too large is refused before it is taken', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox);
  const size = 150 * 1024 * 1024 + 1;
  expect((await client.command(`APPEND Drafts {${size}}`)).at(-1)).toMatch(/^NO \[TOOBIG\]/);
  expect((await client.command('CREATE {65537}')).at(-1)).toMatch(/^NO \[TOOBIG\]/);
  await client.ok('NOOP');
  client.send(`a APPEND Drafts {${size}+}\r\n`);
  expect(await client.next()).toMatch(/^\* BYE /);
  expect(await client.next()).toBeUndefined();
});

test('a message as a literal is for who has signed in', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  expect((await client.command('APPEND Drafts {65537}')).at(-1)).toMatch(/^NO \[TOOBIG\]/);
});

test('a line without an end is cut off', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  client.send('x'.repeat(70_000));
  expect(await client.next()).toMatch(/^\* BYE /);
});

test('a client that vanishes in the middle of an answer leaves nothing behind', async () => {
  await using sandbox = await startSandbox();
  const source = Buffer.alloc(1_000_000, 'x');
  for (let count = 0; count < 20; count++) sandbox.store.account(user).folder('inbox').add({ source });
  sandbox.faults.maxImapConnections = 1;
  const client = await signInImap(sandbox, 'INBOX');
  client.send('a FETCH 1:* BODY[]\r\n');
  client.hangUp();
  await expect(async () => {
    await using next = await signInImap(sandbox, 'INBOX');
    await next.ok('NOOP');
  }).toPass();
});

test('whatever is sent, the session answers or hangs up, and the next one is served', async () => {
  await using sandbox = await startSandbox();
  sandbox.store
    .account(user)
    .folder('inbox')
    .add({ source: Buffer.from('Subject: x\r\n\r\n') });
  const word = fc.constantFrom(
    'FETCH',
    'UID',
    'STORE',
    'SEARCH',
    'LIST',
    'BODY[',
    ']',
    '(',
    ')',
    '"',
    '\\Seen',
    '1:*',
    '{2+}\r\n',
    'NIL',
    '<0.1>',
    'OR',
    'NOT',
    'HEADER',
    'CHARSET',
    'RETURN',
    '*',
    '%',
    '&',
    '&AGE-',
    'INBOX',
    '+FLAGS',
    'TEXT',
    '\0',
    '\xff',
    '.',
  );
  const line = fc.array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(line, fc.constantFrom(' ', ''), async (words, glue) => {
      const client = await signInImap(sandbox, 'INBOX');
      client.send(`x ${words.join(glue)}\r\nxx\r\n\r\ny LOGOUT\r\n`);
      let last: string | undefined;
      for (let answer = await client.next(); answer !== undefined; answer = await client.next()) last = answer;
      expect(last).toMatch(/^y OK LOGOUT|^\* BYE|completed\.$/);
    }),
    { numRuns: 200 },
  );
});

test('whatever a message is, it has a structure whose brackets close', () => {
  const piece = fc.constantFrom(
    'Content-Type: multipart/mixed; boundary=x',
    'Content-Type: message/rfc822',
    '--x',
    '--x--',
    '',
    'Subject: "',
    'To: a:b;,<',
    'Content-Disposition: attachment; filename="',
    'Content-Type: ',
    ' folded',
    ': no name',
    '\0',
    'Content-Language: ,',
  );
  const source = fc.array(fc.oneof(piece, fc.string())).map((lines) => Buffer.from(lines.join('\r\n')));
  fc.assert(
    fc.property(source, (octets) => {
      const part = new MimePart(octets);
      const values = [bodyStructure(part, true), bodyStructure(part, false), envelope(part.header)];
      return values.every((value) => depthAtEnd(value) === 0);
    }),
    { numRuns: 1000 },
  );
});

test('folder names survive modified UTF-7', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const wire = encodeUtf7(name);
      return /^[\x20-\x7e]*$/.test(wire) && decodeUtf7(wire) === name;
    }),
  );
  // The example of RFC 3501 section 5.1.3.
  expect(encodeUtf7('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-');
});

/** How many brackets are open at the end, those in strings left aside. */
function depthAtEnd(value: string): number {
  const string = /"(?:[^"\\]|\\.)*"|\{(\d+)\}\r\n/sy;
  let depth = 0;
  for (let at = 0; at < value.length; at++) {
    string.lastIndex = at;
    const [token, literal = '0'] = string.exec(value) ?? [];
    if (token) at += token.length + Number(literal) - 1;
    else if (value[at] === '(') depth++;
    else if (value[at] === ')') depth--;
  }
  return depth;
}

test('who sends nothing but what makes no sense is hung up on', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  client.send('QUJD\r\n'.repeat(5000));
  const answers: string[] = [];
  for (let answer = await client.next(); answer !== undefined; answer = await client.next()) answers.push(answer);
  expect(answers).toHaveLength(1001);
  expect(answers.at(-1)).toMatch(/^\* BYE /);
});
