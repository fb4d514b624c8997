import { expect, type TestType } from '@playwright/test';
import type { Contract } from './contract-folders.js';
import { subjects } from './subjects.js';

/** Milliseconds. */
const timeout = 20_000;

/** What of a mailbox a view sees, and clears. */
export function describeViews(test: TestType<Contract, object>): void {
  test('views of different addresses share a mailbox without seeing each other', async ({ server, connection }) => {
    await using one = await connection.mailbox(undefined, { timeout });
    await using other = await connection.mailbox(undefined, { timeout });
    await server.deliver({ to: other.address.toUpperCase(), subject: 'Other' });
    await server.deliver({ to: 'Someone <someone@contoso.com>', cc: one.address, subject: 'One' });
    expect((await other.waitForMessage()).subject).toBe('Other');
    expect((await one.waitForMessage()).subject).toBe('One');
    expect(await one.find()).toHaveLength(1);
  });

  test('a blind copy is seen where the server says whom it was delivered for', async ({ server, mailbox }) => {
    await server.deliver({ to: 'list@contoso.com', bcc: mailbox.address, subject: 'Blind' });
    expect((await mailbox.waitForMessage()).subject).toBe('Blind');
  });

  test('a view of an address made elsewhere sees what came before it was opened', async ({ server, connection }) => {
    const address = server.account.replace('@', '+elsewhere@');
    await server.deliver({ to: address, subject: 'Before' });
    await using mailbox = await connection.mailbox(address, { timeout });
    await server.deliver({ to: address, subject: 'After' });
    expect((await mailbox.waitForMessage()).subject).toBe('Before');
    expect((await mailbox.waitForMessage()).subject).toBe('After');
  });

  test('where the address is shared, a view sees what arrives after it was opened, and no more', async ({
    server,
    connection,
    shared,
  }) => {
    await server.deliver({ to: server.account, subject: 'First' });
    expect((await shared.waitForMessage()).subject).toBe('First');
    await using later = await connection.mailbox(server.account, { timeout });
    await server.deliver({ to: server.account, subject: 'Second' });
    expect((await later.waitForMessage()).subject).toBe('Second');
    await using wider = await connection.mailbox(server.account, { timeout, since: new Date(Date.now() - 60_000) });
    expect(subjects(await wider.find({ subject: /^(First|Second)$/ }))).toEqual(['First', 'Second']);
  });

  test('clear deletes what the view sees and nothing else', async ({ server, connection, mailbox }) => {
    await using other = await connection.mailbox(undefined, { timeout });
    for (const { address } of [mailbox, other]) await server.deliver({ to: address, subject: `For ${address}` });
    expect(await mailbox.clear()).toBe(1);
    expect(await mailbox.find()).toEqual([]);
    expect(await server.isRead(`For ${mailbox.address}`)).toBeUndefined();
    expect(await other.find()).toHaveLength(1);
  });
}
