import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Attachment } from '../../src/mail/message/attachment.js';
import { createMessage } from '../support/create-message.js';

async function attachment(): Promise<Attachment> {
  const { attachments } = await createMessage({
    from: 'shop@contoso.com',
    to: 'qa@contoso.com',
    subject: 'Invoice',
    attachments: [{ filename: '../invoice.txt', content: 'Total' }],
  });
  return attachments[0]!;
}

test('folders are made where they are missing, and a second file of the name gets a number', async () => {
  const folder = test.info().outputPath('one', 'two');
  const file = await attachment();
  const path = await file.saveAs(`${folder}/`);
  expect(path).toBe(join(folder, 'invoice.txt'));
  expect(await file.saveAs(folder)).toBe(join(folder, 'invoice (2).txt'));
  expect(await file.saveAs(join(folder, 'three', 'named.txt'))).toBe(join(folder, 'three', 'named.txt'));
  expect(await readFile(path, 'utf8')).toBe('Total');
  const together = test.info().outputPath('at', 'once');
  await Promise.all([1, 2, 3].map((number) => file.saveAs(join(together, `${number}`))));
});

test('where no folder can be made it says so', async () => {
  const file = await attachment();
  const within = test.info().outputPath('file');
  await file.saveAs(within);
  const failure = { code: 'CONFIGURATION', message: expect.stringContaining("can't be saved in") };
  await expect(file.saveAs(join(within, 'folder', 'a.txt'))).rejects.toMatchObject(failure);
  await expect(file.saveAs(`${within}/`)).rejects.toMatchObject(failure);
});

test('a file system that takes no folders is no wait without end', async () => {
  test.skip(process.platform !== 'linux', 'such a file system is Linux’s /proc');
  await expect((await attachment()).saveAs('/proc/files/invoice.txt')).rejects.toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringContaining("can't be saved in"),
  });
});
