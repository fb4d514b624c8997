import { expect, type TestType } from '@playwright/test';
import type { Connection } from '../../src/mail/connection.js';
import type { Mailbox } from '../../src/mail/mailbox.js';
import type { ContractServer } from './contract-server.js';

export interface Contract {
  server: ContractServer;
  connection: Connection;
  mailbox: Mailbox;
  /** A view on a connection whose address is shared. */
  shared: Mailbox;
}

/** What a folder's name means. */
export function describeFolders(test: TestType<Contract, object>): void {
  test('a message can be put into the archive', async ({ server, mailbox }) => {
    await server.deliver({ to: mailbox.address, subject: 'Kept' });
    await (await mailbox.waitForMessage()).moveTo('archive');
    expect(await server.isRead('Kept')).toBeUndefined();
    expect(await mailbox.find({}, { folder: 'archive' })).toMatchObject([{ subject: 'Kept' }]);
    expect(await mailbox.find({}, { folder: ['Archive'] })).toMatchObject([{ subject: 'Kept' }]);
  });

  test('a folder that is not there is named, with those that are', async ({ mailbox }) => {
    const find = mailbox.find({}, { folder: ['Projects', 'Alpha'] });
    await expect(find).rejects.toMatchObject({
      code: 'FOLDER_NOT_FOUND',
      message: expect.stringMatching(/^The folder Projects \/ Alpha in the mailbox .* does not exist\./),
      advice: [expect.stringMatching(/^there is no Projects.* in the mailbox: there are .*\bArchive\b/)],
    });
    await expect(mailbox.find({}, { folder: ['Projects/Alpha'] })).rejects.toMatchObject({
      advice: [expect.any(String), 'a path has a name for each folder: ["Projects", "Alpha"]'],
    });
  });

  test('no name leads to another folder', async ({ server, mailbox }) => {
    await server.deliver({ to: mailbox.address, subject: 'Stays' });
    const message = await mailbox.waitForMessage();
    for (const name of ['*', '%', 'Arch*', "' or '1' eq '1", '"', '\\', '..', 'INBOX/', 'constructor', '<x>&amp;']) {
      await expect(message.moveTo([name])).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
    }
    for (const folder of ['Archive', 'constructor', '', [''], ['a\r\nb'], ['\ud800'], [], undefined, 5]) {
      await expect(message.moveTo(folder as never)).rejects.toMatchObject({ code: 'CONFIGURATION' });
    }
    expect(await server.isRead('Stays')).toBe(false);
  });
}
