import { expect, test } from '@playwright/test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeMessage } from '../../src/mail/message/compose.js';
import { checkOutgoing, describeOutgoing, type OutgoingMessage } from '../../src/mail/message/outgoing.js';
import { createMessage } from '../support/create-message.js';
import { faultsOf } from '../support/faults-of.js';

const to = 'ada@contoso.com';
const attached = (fields: object): object => ({ to, attachments: [{ filename: 'a.txt', ...fields }] });

const faulty: Record<string, [unknown, string | RegExp]> = {
  'no message': [undefined, /^a message is an object: .*; this is undefined$/],
  'a text': ['hello', /this is a text$/],
  'a misspelt field': [{ to, subjet: 'x' }, 'subjet is not a field of a message: did you mean subject?'],
  'a ready-made source': [{ to, raw: 'Subject: x\r\n\r\nx' }, /^raw is not a field of a message; there are to, cc/],
  'no recipient': [{ to: [], subject: 'x' }, 'there is no recipient: name one in to, cc or bcc'],
  'two recipients in one': [{ to: 'a@contoso.com, b@contoso.com' }, /is not an e-mail address$/],
  'a second recipient before the brackets': [
    { to: 'x@contoso.com, <a@contoso.com>' },
    'to: "x@contoso.com, <a@contoso.com>" is more than one recipient: write a list, or { name, address }',
  ],
  'a comma in an address': [{ to: { name: '', address: 'a@contoso.com,b@contoso.com' } }, /is not an e-mail address$/],
  'a line break in an address': [{ to: 'a@contoso.com\r\nBcc: b@contoso.com' }, /is not an e-mail address$/],
  'a line break in a name': [{ to: { name: 'A\r\nB', address: to } }, `to: the name of ${to} has a line break`],
  'no address': [{ to: { name: 'A' } }, 'to: address must be a text, not undefined'],
  'a hole in the list': [{ to: Array(1) }, /^to: must be 'qa@contoso\.com', .* not undefined$/],
  'a sender in a list': [{ to, from: [to] }, 'from must be one sender, not a list'],
  'a number for a subject': [{ to, subject: 5 }, 'subject must be a text, not the number 5'],
  'a line break in the subject': [{ to, subject: 'a\nb' }, 'subject has a line break'],
  'half a character': [{ to, text: 'a\ud800' }, 'text has half a character (a lone surrogate)'],
  'a subject without end': [{ to, subject: 'a'.repeat(10_001) }, 'subject has 10001 characters: 10000 are taken'],
  'a file for a text': [{ to, text: { path: '/etc/hostname' } }, 'text must be a text, not an object'],
  'attachments that are no list': [{ to, attachments: {} }, /^attachments must be a list, .* not an object$/],
  'an attachment without a name': [
    { to, attachments: [{ content: 'x' }] },
    'attachments[0]: filename must be a text, not undefined',
  ],
  'an attachment without content': [attached({}), 'attachments[0]: needs either content or path'],
  'an attachment with both': [attached({ content: '', path: 'x' }), 'attachments[0]: needs either content or path'],
  'a stream': [
    attached({ content: new ReadableStream() }),
    /^attachments\[0\]: content must be a text or a Uint8Array, not an instance of ReadableStream$/,
  ],
  'a URL': [attached({ path: new URL('file:///x') }), 'attachments[0]: path must be a text, not an instance of URL'],
  'another encoding': [
    attached({ content: 'eA==', encoding: 'base64' }),
    /^attachments\[0\]: encoding is not a field of an attachment/,
  ],
  'a missing file': [
    attached({ path: '/nowhere/a.txt' }),
    `attachments[0]: the file /nowhere/a.txt can't be read (ENOENT)`,
  ],
  'a folder': [attached({ path: '/' }), 'attachments[0]: / is a folder'],
  'a device': [attached({ path: '/dev/zero' }), 'attachments[0]: /dev/zero is no file'],
  'a content type with a line break': [
    attached({ content: '', contentType: 'text/plain\r\nX-A: b' }),
    'attachments[0]: contentType has a line break',
  ],
  'a content type without its half': [
    attached({ content: '', contentType: 'text' }),
    "attachments[0]: contentType must be like 'application/pdf'",
  ],
  'a content ID in brackets': [
    attached({ content: '', contentId: '<a@b>' }),
    "attachments[0]: contentId must be like 'logo@contoso.com'",
  ],
  'too much to attach': [
    { to, attachments: [{ filename: 'a', content: new Uint8Array(151 * 1024 * 1024) }] },
    'attachments have 151 MB: a message can have 150 MB',
  ],
  'a header that is a field': [
    { to, headers: { BCC: 'x@contoso.com' } },
    "headers: BCC belongs in the message's field bcc",
  ],
  'a second content type': [
    { to, headers: { 'content-type': 'text/html' } },
    'headers: content-type is made from text, html and attachments',
  ],
  'a header that is set by the server': [
    { to, headers: { Sender: to } },
    'headers: Sender is set by the server, to who signed in',
  ],
  'a header in two spellings': [{ to, headers: { 'X-A': '1', 'x-a': '2' } }, 'headers: x-a is given twice'],
  'a header of a number': [{ to, headers: { 'X-A': 5 } }, 'headers: the value of X-A must be a text, not the number 5'],
  'a header with a line break': [
    { to, headers: { 'X-A': 'b\r\nX-C: d' } },
    'headers: the value of X-A has a line break',
  ],
  'a header name with a space': [{ to, headers: { 'X A': 'b' } }, `headers: "X A" is not a header field's name`],
  'a date that is none': [{ to, headers: { Date: 'soon' } }, 'headers: Date must be a date'],
  'headers in a map': [{ to, headers: new Map() }, /^headers must be an object, .* not an instance of Map$/],
  'a Message-ID with a space': [{ to, inReplyTo: '<a b>' }, 'inReplyTo must be a Message-ID, <1@contoso.com>'],
  'a reference alone': [{ to, references: '<a@b>' }, 'references must be a list of Message-IDs, not a text'],
  'a name of every object': [
    JSON.parse(`{ "to": "${to}", "__proto__": {}, "constructor": 1 }`),
    /^__proto__ is not a field/,
  ],
};

for (const [what, [message, fault]] of Object.entries(faulty)) {
  test(`a message with a fault is refused: ${what}`, () => {
    const expected = typeof fault === 'string' ? fault : expect.stringMatching(fault);
    expect(faultsOf(() => checkOutgoing(message))).toContainEqual(expected);
    expect(describeOutgoing(message)).toEqual(expect.any(String));
  });
}

test('all faults of a message come in one error', () => {
  const message = { to: 'nobody', subject: 1, attachments: [{}], headers: { From: 'x' }, inReplyTo: 2 };
  expect(faultsOf(() => checkOutgoing(message))).toHaveLength(6);
  expect(() => checkOutgoing(message)).toThrow(/^The message can't be sent\.\n {2}- to: "nobody" is not/);
});

const recipients: Record<string, [OutgoingMessage['to'], string]> = {
  'an address': ['Ada@Contoso.com', 'Ada@contoso.com'],
  'a name and an address': ['Ada Lovelace <ada@contoso.com>', 'Ada Lovelace <ada@contoso.com>'],
  'a quoted name': ['"Lovelace, Ada" <ada@contoso.com>', '"Lovelace, Ada" <ada@contoso.com>'],
  'an object': [{ name: 'Lovelace, Ada', address: 'ada@contoso.com' }, '"Lovelace, Ada" <ada@contoso.com>'],
  'an address for a name': ['ada@contoso.com <ada@contoso.com>', '"ada@contoso.com" <ada@contoso.com>'],
  'a list': [['a@contoso.com', { name: '', address: 'b@contoso.com' }], 'a@contoso.com, b@contoso.com'],
  'a domain of letters': ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
};

for (const [what, [recipient, header]] of Object.entries(recipients)) {
  test(`a recipient may be ${what}, and goes to that alone`, async () => {
    checkOutgoing({ to: recipient });
    const { source, envelope } = await composeMessage({ from: 'qa@contoso.com', to: recipient! }, { keepBcc: false });
    expect(source.toString()).toContain(`\r\nTo: ${header}\r\n`);
    expect(envelope.to).toHaveLength(Array.isArray(recipient) ? 2 : 1);
  });
}

test('further header fields go out as they are, by whatever name', async () => {
  const headers = JSON.parse(
    '{ "X-Campaign": "Grüße", "__proto__": "a", "constructor": "b", "Message-ID": "<7@contoso.com>" }',
  );
  checkOutgoing({ to, headers });
  const { source, messageId } = await composeMessage({ from: to, to, headers }, { keepBcc: false });
  expect(source.toString()).toMatch(/^X-Campaign: =\?UTF-8\?/im);
  expect(source.toString()).toMatch(/^constructor: b\r$/im);
  expect(source.toString()).toMatch(/^__proto__: a\r$/im);
  expect(messageId).toBe('<7@contoso.com>');
});

test('a file is attached, and one that goes in the meantime is an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'attach-'));
  const path = join(folder, 'report.csv');
  await writeFile(path, 'a;b');
  const message = { from: to, to, attachments: [{ filename: 'report.csv', path }] };
  checkOutgoing(message);
  const { source } = await composeMessage(message, { keepBcc: false });
  expect(source.toString()).toContain(Buffer.from('a;b').toString('base64'));
  await rm(folder, { recursive: true });
  await expect(composeMessage(message, { keepBcc: false })).rejects.toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringMatching(/^The message can't be sent: ENOENT/),
  });
});

test('an answer to a message that nobody could have written can be sent', async () => {
  const sent: OutgoingMessage[] = [];
  const head = [
    'Subject: =?utf-8?Q?Hello=0D=0ABcc:_x@contoso.com?=',
    'Reply-To: =?utf-8?Q?A=0D=0AB?= <help@contoso.com>',
    'Message-ID: <no id\x01>',
    '',
  ].join('\r\n');
  const message = await createMessage(
    { from: 'app@contoso.com', to },
    { send: (outgoing) => sent.push(outgoing), head },
  );
  expect(message.subject + message.replyTo[0]?.name).toBe('Hello\r\nBcc: x@contoso.comA\r\nB');
  await message.reply({ text: 'Hi' });
  await message.forward({ to });
  for (const outgoing of sent) expect(faultsOf(() => checkOutgoing(outgoing))).toEqual([]);
  expect(sent[0]).not.toHaveProperty('inReplyTo');
});

test('what is no message is no answer either', async () => {
  const message = await createMessage({ from: 'app@contoso.com', to, subject: 'x' });
  for (const answer of [undefined, null, 'Thanks', 5, () => ({})]) {
    await expect(message.reply(answer as never)).rejects.toMatchObject({ code: 'CONFIGURATION' });
    await expect(message.forward(answer as never)).rejects.toMatchObject({ code: 'CONFIGURATION' });
  }
});

test('a message is described whatever it is', () => {
  expect(describeOutgoing({ to: ['a@contoso.com', { address: 'b@contoso.com' }], subject: 'Hi' })).toBe(
    '"Hi" to a@contoso.com, b@contoso.com',
  );
  expect(describeOutgoing({ to: Array(13).fill(to) })).toMatch(/ada@contoso\.com and 3 more$/);
  expect(describeOutgoing(null)).toBe('"" to nobody');
});
