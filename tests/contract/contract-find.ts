import { expect, type TestType } from '@playwright/test';
import type { Contract } from './contract-folders.js';
import { subjects } from './subjects.js';

/** Milliseconds. */
const timeout = 20_000;

/** What a look shows of what others did. */
export function describeFind(test: TestType<Contract, object>): void {
  test('find shows nothing that somebody has moved away meanwhile, and shows it again once it is back', async ({
    server,
    mailbox,
  }) => {
    for (const subject of ['Tidied up', 'Kept']) await server.deliver({ to: mailbox.address, subject });
    expect(subjects(await mailbox.find())).toEqual(['Tidied up', 'Kept']);
    await server.move('Tidied up', 'inbox', 'junkemail');
    expect(subjects(await mailbox.find())).toEqual(['Kept']);
    expect(subjects(await mailbox.find({}, { folder: 'junkemail' }))).toEqual(['Tidied up']);
    await server.move('Tidied up', 'junkemail', 'inbox');
    expect(subjects(await mailbox.find()).toSorted()).toEqual(['Kept', 'Tidied up']);
  });

  test('find shows nothing that somebody has deleted meanwhile', async ({ server, connection, mailbox }) => {
    await using other = await connection.mailbox(mailbox.address, { timeout });
    for (const subject of ['Deleted', 'Kept']) await server.deliver({ to: mailbox.address, subject });
    expect(await mailbox.find()).toHaveLength(2);
    await using elsewhere = await server.connect();
    await using view = await elsewhere.mailbox(mailbox.address, { timeout });
    await (await view.waitForMessage({ subject: 'Deleted' })).delete();
    for (const each of [mailbox, other]) expect(subjects(await each.find())).toEqual(['Kept']);
  });

  test('a view opened anew shows nothing that somebody has moved away meanwhile', async ({
    server,
    connection,
    mailbox,
  }) => {
    await server.deliver({ to: mailbox.address, subject: 'Tidied up' });
    expect(await mailbox.find()).toMatchObject([{ subject: 'Tidied up' }]);
    await server.move('Tidied up', 'inbox', 'junkemail');
    await using anew = await connection.mailbox(mailbox.address, { timeout });
    expect(await anew.find()).toEqual([]);
    expect(await anew.find({}, { folder: 'junkemail' })).toMatchObject([{ subject: 'Tidied up' }]);
  });
}
