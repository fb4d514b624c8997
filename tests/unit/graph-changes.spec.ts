import { expect, test } from '@playwright/test';
import type { ComposedMessage, Folder, MessageRef } from '../../src/mail/transport.js';
import { failureOf } from '../support/failure-of.js';
import { graphFault, startGraphServer, type GraphAsked } from './graph-server.js';

const inbox: Folder = { id: 'in/box', name: 'Inbox' };
const source = Buffer.from('To: you@contoso.com\r\nBcc: hidden@contoso.com\r\nSubject: Grüße\r\n\r\nText');
const composed: ComposedMessage = { messageId: '<1@contoso.com>', envelope: { from: '', to: [] }, source };

function refs(count: number, size = 0): MessageRef[] {
  return Array.from({ length: count }, (_, index) => ({ id: `m/${index}`, size }) as MessageRef);
}

test('a message is sent as it was composed, by the permission to send', async () => {
  const seen: GraphAsked[] = [];
  await using server = await startGraphServer((asked) => {
    seen.push(asked);
    return { status: 202 };
  });
  await server.open().send(composed);
  expect(server.asked).toEqual(['POST /me/sendMail']);
  expect(seen[0]?.headers['content-type']).toBe('text/plain');
  expect(Buffer.from(seen[0]!.body, 'base64').equals(source)).toBe(true);
});

test('sending is never repeated by the transport, and names its own permission', async () => {
  const claims = Buffer.from(JSON.stringify({ scp: 'Mail.ReadWrite' })).toString('base64url');
  const credentials = { type: 'bearer', username: 'qa', appOnly: false, token: async () => `h.${claims}.s` } as const;
  await using server = await startGraphServer(() => graphFault(403, 'ErrorAccessDenied'));
  const sending = server.open({ credentials }).send(composed);
  await expect(sending).rejects.toThrow(/the token holds Mail.ReadWrite, and not Mail.Send\n/);
  expect(server.asked).toHaveLength(1);
});

test('sending that breaks off once the request has left is not to be tried again', async () => {
  await using server = await startGraphServer(() => ({ status: 502 }));
  const { advice, ...error } = await failureOf(server.open().send(composed));
  expect(error).toMatchObject({ code: 'NETWORK', transient: false });
  expect(advice.at(-1)).toMatch(/^the message may have been sent all the same/);
});

test('sending may be tried again where nothing has left, or the server was too busy', async () => {
  await using server = await startGraphServer(() => graphFault(429, 'TooManyRequests'));
  expect(await failureOf(server.open().send(composed))).toMatchObject({ code: 'SERVER_BUSY', transient: true });
  const away = server.open({ url: 'http://127.0.0.1:1/v1.0' });
  expect(await failureOf(away.send(composed))).toMatchObject({ code: 'NETWORK', transient: true });
});

test('a message that is too large for Graph is refused before anything is sent', async () => {
  await using server = await startGraphServer(() => ({ status: 200 }));
  const graph = server.open();
  const large = { ...composed, source: Buffer.alloc(3_200_000, 'x') };
  const summary = /^sending a message in the mailbox qa@contoso\.com was not tried: it has 3\.2 MB\n/;
  await expect(graph.send(large)).rejects.toMatchObject({ code: 'PROTOCOL', message: expect.stringMatching(summary) });
  await expect(graph.append(inbox, large)).rejects.toThrow('putting a message into the folder Inbox');
  expect(server.asked).toEqual([]);
  await graph.send({ ...composed, source: Buffer.alloc(3_100_000, 'x') });
  expect(server.asked).toHaveLength(1);
});

test('a message that is put into a folder is unread there', async () => {
  const seen: GraphAsked[] = [];
  await using server = await startGraphServer((asked) => {
    seen.push(asked);
    return { status: 201, json: { id: 'new=', isDraft: true } };
  });
  await server.open().append(inbox, composed);
  expect(server.asked).toEqual(['POST /me/mailFolders/in/box/messages', 'PATCH /me/messages/new=']);
  expect(seen[1]?.body).toBe('{"isRead":false}');
});

test('messages are marked, moved and deleted twenty at a time, under ids that stay', async () => {
  const seen: GraphAsked[] = [];
  await using server = await startGraphServer((asked) => {
    seen.push(asked);
    return { status: 204 };
  });
  const transport = server.open();
  await transport.flag(refs(45), true);
  expect(server.batches).toEqual([20, 20, 5]);
  await transport.move(refs(1), inbox);
  await transport.delete(refs(1));
  expect(server.asked.slice(44)).toEqual([
    'PATCH /me/messages/m/44',
    'POST /me/messages/m/0/move',
    'POST /me/messages/m/0/permanentDelete',
  ]);
  expect(seen.every(({ headers }) => headers.prefer === 'IdType="ImmutableId"')).toBe(true);
  expect(JSON.parse(seen[45]!.body)).toEqual({ destinationId: 'in/box' });
  expect(seen[0]?.body).toBe('{"isRead":true}');
});

test('what is gone is passed over, what fails otherwise is not', async () => {
  await using server = await startGraphServer(({ path }) =>
    path.includes('/0') ? graphFault(404, 'ErrorItemNotFound') : graphFault(403, 'ErrorQuotaExceeded'),
  );
  const transport = server.open();
  const changes = [
    (count: number) => transport.flag(refs(count), true),
    (count: number) => transport.move(refs(count), inbox),
    (count: number) => transport.delete(refs(count)),
  ];
  for (const change of changes) {
    await change(1);
    await expect(change(2)).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  }
});

for (const [status, code] of [
  [400, 'BadRequest'],
  [404, 'ResourceNotFound'],
] as const) {
  test(`where there is no deleting for good (${status}), as in national clouds, messages are deleted`, async () => {
    await using server = await startGraphServer(({ path }) =>
      path.endsWith('permanentDelete') ? graphFault(status, code) : { status: 204 },
    );
    await server.open().delete(refs(2));
    expect(server.asked.slice(2)).toEqual(['DELETE /me/messages/m/0', 'DELETE /me/messages/m/1']);
  });
}

test('a mailbox that Graph does not find for a while is no message that is gone', async () => {
  await using server = await startGraphServer(() => graphFault(404, 'ResourceNotFound'));
  const transport = server.open();
  const changes = [
    () => transport.flag(refs(1), true),
    () => transport.move(refs(1), inbox),
    () => transport.delete(refs(1)),
    () => transport.fetch(refs(1)),
    () => transport.fetch(refs(2)),
  ];
  for (const change of changes) await expect(change()).rejects.toMatchObject({ code: 'MAILBOX_NOT_FOUND' });
});

test('several sources come in one request, in the order asked; what is gone is said to be', async () => {
  await using server = await startGraphServer(({ path }) =>
    path.includes('/1/') ? graphFault(404, 'ErrorItemNotFound') : { text: `Subject: ${path}\r\n\r\nGrüße` },
  );
  const [zero, one, two] = refs(3);
  expect(await server.open().fetch([two!, one!, zero!])).toEqual([
    { ref: two, source: Buffer.from('Subject: /me/messages/m/2/$value\r\n\r\nGrüße') },
    { ref: one, gone: true },
    { ref: zero, source: Buffer.from('Subject: /me/messages/m/0/$value\r\n\r\nGrüße') },
  ]);
  expect(server.batches).toEqual([3]);
});

test('a source that comes as a text within a batch is taken as it is', async () => {
  await using server = await startGraphServer(() => ({ json: 'Subject: plain\r\n\r\nText' }));
  const [zero] = await server.open().fetch(refs(2));
  expect(zero).toMatchObject({ source: Buffer.from('Subject: plain\r\n\r\nText') });
});

test('a large message comes in a request of its own', async () => {
  await using server = await startGraphServer(() => ({ text: 'Subject: large\r\n\r\nText' }));
  const fetched = await server.open().fetch([...refs(2), ...refs(1, 5_000_000)]);
  expect(fetched).toHaveLength(3);
  expect(server.batches).toEqual([2]);
  expect(server.asked).toHaveLength(3);
});

test('what is throttled within a batch is asked for again after the time that Graph says', async () => {
  let left = 4;
  await using server = await startGraphServer(({ path }) => {
    const isThrottled = !path.includes('/0/') && left-- > 0;
    if (isThrottled) return graphFault(429, 'ApplicationThrottled', { 'Retry-After': '0' });
    return { text: `Subject: ${path}\r\n\r\n` };
  });
  const fetched = await server.open().fetch(refs(5));
  expect(fetched.every((answer) => 'source' in answer)).toBe(true);
  expect(server.batches).toEqual([5, 4]);
});

test('where nothing of a batch gets through, the failure says how long to stay away', async () => {
  await using server = await startGraphServer(() => graphFault(429, 'ApplicationThrottled', { 'Retry-After': '7' }));
  const fetching = server.open().fetch(refs(2));
  await expect(fetching).rejects.toMatchObject({ code: 'SERVER_BUSY', transient: true, retryAfter: 7000 });
  expect(server.batches).toEqual([2]);
});

test('what was read before a failure is not read again', async () => {
  let isDown = true;
  await using server = await startGraphServer(({ path }) =>
    /\/2[01]\//.test(path) && isDown ? graphFault(500, 'UnknownError') : { text: 'Subject: x\r\n\r\n' },
  );
  const transport = server.open();
  await expect(transport.fetch(refs(22))).rejects.toMatchObject({ code: 'NETWORK', transient: true });
  isDown = false;
  expect(await transport.fetch(refs(22))).toHaveLength(22);
  expect(server.batches).toEqual([20, 2, 2]);
});
