import { expect, test } from '@playwright/test';
import { ExchangeError } from '../../src/errors.js';
import { failureOf } from '../support/failure-of.js';
import type { MessageRef, Position } from '../../src/mail/transport.js';
import { mime, startEwsSandbox } from './ews-transport-sandbox.js';

const composed = (source: Buffer) => ({
  messageId: '<x@contoso.com>',
  envelope: { from: 'qa@contoso.com', to: ['qa@contoso.com'] },
  source,
});

test('send delivers to the recipients of the source, Bcc too, and keeps a copy', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const source = Buffer.concat([Buffer.from('Bcc: hidden@contoso.com\r\n'), mime('héllo', 'you@contoso.com', 'grüße')]);
  await transport.send(composed(source));
  const count = (address: string, role: 'inbox' | 'sentitems') =>
    sandbox.store.account(address).folder(role).messages.length;
  expect(count('you@contoso.com', 'inbox')).toBe(1);
  expect(count('hidden@contoso.com', 'inbox')).toBe(1);
  expect(count('qa@contoso.com', 'sentitems')).toBe(1);
  const [delivered] = sandbox.store.account('you@contoso.com').folder('inbox').messages;
  expect(delivered?.source.toString()).toContain('grüße');
  expect(delivered?.source.toString()).not.toContain('hidden@contoso.com');
});

test('sending is to be tried again only where the server surely took nothing', async () => {
  await using sandbox = await startEwsSandbox();
  const away = new ExchangeError('AUTH_UNAVAILABLE', 'away', { transient: true });
  let isAway = false;
  const token = (): Promise<string> => (isAway ? Promise.reject(away) : Promise.resolve('token-1'));
  const credentials = { type: 'bearer', username: 'qa@contoso.com', appOnly: false, token } as const;
  const transport = await sandbox.open({ credentials });
  const message = composed(mime('once', 'you@contoso.com', 'x'));
  sandbox.faults.dropRequests = 1;
  expect(await failureOf(transport.send(message))).toMatchObject({ code: 'NETWORK', transient: false });
  sandbox.faults.busy = { times: 1, backOffMilliseconds: 0 };
  expect(await failureOf(transport.send(message))).toMatchObject({ code: 'SERVER_BUSY', transient: true });
  isAway = true;
  expect(await failureOf(transport.send(message))).toMatchObject({ code: 'AUTH_UNAVAILABLE', transient: true });
  expect(sandbox.store.account('you@contoso.com').folder('inbox').messages).toEqual([]);
});

test('append puts an unread message in place', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const inbox = await transport.folder('inbox');
  await transport.append(inbox, composed(mime('put', 'qa@contoso.com', 'grüße')));
  const { messages } = await transport.arrivals(inbox, 'n:0' as Position);
  expect(messages).toMatchObject([{ subject: 'put', isRead: false }]);
  expect([...sandbox.store.account('qa@contoso.com').folder('inbox').messages[0]!.flags]).toEqual([]);
});

test('flag, move and delete work on many, and pass over what is gone', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  const inbox = await transport.folder('inbox');
  const junk = await transport.folder('junkemail');
  const stored = ['a', 'b', 'c'].map((subject) => sandbox.deliver(subject));
  const { messages } = await transport.arrivals(inbox, 'n:0' as Position);
  stored[1]!.folder.remove(stored[1]!);
  await transport.flag(messages, true);
  expect([...stored[0]!.flags]).toEqual(['\\Seen']);
  await transport.flag(messages, false);
  expect([...stored[0]!.flags]).toEqual([]);
  await transport.move(messages, junk);
  await transport.move(messages, junk);
  const moved = await transport.arrivals(junk, 'n:0' as Position);
  expect(moved.messages.map(({ subject }) => subject)).toEqual(['a', 'c']);
  await transport.delete(moved.messages);
  await transport.delete(moved.messages);
  expect((await transport.arrivals(junk, 'n:0' as Position)).messages).toEqual([]);
  const none: MessageRef[] = [];
  await Promise.all([transport.flag(none, true), transport.move(none, junk), transport.delete(none)]);
  expect(await transport.fetch(none)).toEqual([]);
});

test('a read receipt is suppressed where the server can', async () => {
  await using sandbox = await startEwsSandbox();
  const transport = await sandbox.open();
  sandbox.deliver('one');
  const { messages } = await transport.arrivals(await transport.folder('inbox'), 'n:0' as Position);
  await transport.flag(messages, true);
  expect(sandbox.requests.at(-1)).toContain('SuppressReadReceipts="true"');
});
