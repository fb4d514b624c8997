import { simpleParser } from 'mailparser';
import { expect, test } from '@playwright/test';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { splitSource } from '../../src/mail/graph/split-source.js';

const small = { filename: 'small.txt', content: Buffer.alloc(1000, 's'), contentType: 'application/octet-stream' };
const large = { filename: 'groß & größer.bin', content: Buffer.alloc(100_000, 'l') };

function compose(mail: object): Promise<Buffer> {
  return new MailComposer({ from: 'qa@contoso.com', to: 'dev@contoso.com', subject: 'Hello', text: 'A text', ...mail })
    .compile()
    .build();
}

test('no more files are taken out than have to be, and the rest stays a message', async () => {
  const source = await compose({ attachments: [small, large] });
  const { rest, attachments } = splitSource(source, 10_000)!;
  expect(attachments).toMatchObject([{ name: large.filename, contentType: 'application/octet-stream' }]);
  expect(attachments[0]?.content.equals(large.content)).toBe(true);
  const parsed = await simpleParser(rest);
  expect(parsed.text?.trim()).toBe('A text');
  expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['small.txt']);
});

test('several files come in their order, and all may go', async () => {
  const again = { ...large, filename: 'again.bin' };
  const source = await compose({ attachments: [again, large] });
  const { rest, attachments } = splitSource(source, 5000)!;
  expect(attachments.map(({ name }) => name)).toEqual(['again.bin', large.filename]);
  expect((await simpleParser(rest)).text?.trim()).toBe('A text');
});

test('a long text can not be split, nor what is no mixed message', async () => {
  expect(splitSource(await compose({ text: 'x'.repeat(20_000), attachments: [small] }), 10_000)).toBeUndefined();
  expect(splitSource(Buffer.alloc(20_000, 'x'), 10_000)).toBeUndefined();
});
