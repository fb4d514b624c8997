import { test } from '@playwright/test';
import { expect } from '../../src/fixtures/expect.js';
import { startSandbox } from '../../src/sandbox/index.js';
import type { Message } from '../../src/mail/message/message.js';
import { givenMessage } from '../support/given-message.js';
import { failureOf } from '../support/failure-of.js';

const mail = { from: 'App <app@mail.contoso.com>', to: 'qa@contoso.com', subject: 'Hello', text: 'x' };

/** A message above whose own fields stand those of the servers. */
async function receivedWith(...lines: readonly string[]): Promise<Message> {
  return await givenMessage(mail, { head: lines.map((line) => `${line}\r\n`).join('') });
}

const received = 'Received: from x by mx.contoso.com';
const results = (text: string): string => `Authentication-Results: mx.contoso.com; ${text}`;

const authentic: Readonly<Record<string, string>> = {
  'by its policy': 'dmarc=pass header.from=mail.contoso.com',
  'by SPF, without a policy': 'spf=pass smtp.mailfrom=bounce@contoso.com; dmarc=none',
  'by a signature, where policies are not looked at': 'dkim=fail header.d=esp.net; dkim=pass header.i=@contoso.com',
};
const others: Readonly<Record<string, string>> = {
  'by its policy': 'spf=pass smtp.mailfrom=contoso.com; dmarc=fail header.from=mail.contoso.com',
  'of somebody else by SPF': 'spf=pass smtp.mailfrom=fabrikam.com; dmarc=none',
  'with a policy of somebody else': 'dmarc=pass header.from=fabrikam.com',
  'with nothing recorded': '',
};

for (const [what, text] of Object.entries(authentic)) {
  test(`a message is authentic ${what}`, async () => {
    const message = await receivedWith(received, results(text));
    await expect(message).toBeAuthentic();
    await expect(expect(message).not.toBeAuthentic()).rejects.toThrow(/Expected: not the receiver to have recorded/);
  });
}

for (const [what, text] of Object.entries(others)) {
  test(`a message is not authentic ${what}`, async () => {
    await expect(await receivedWith(received, results(text))).not.toBeAuthentic();
  });
}

test('a failure says what was recorded, by whom; and why nothing is known', async () => {
  const failed = await receivedWith(received, results('spf=fail smtp.mailfrom=fabrikam.com; dmarc=fail action=none'));
  expect((await failureOf(expect(failed).toBeAuthentic())).message).toContain(
    'Expected: the receiver to have recorded that it comes from mail.contoso.com\n' +
      'Received: spf=fail smtp.mailfrom=fabrikam.com, dmarc=fail (by mx.contoso.com)',
  );
  const none = await failureOf(expect(await receivedWith(received)).toBeAuthentic());
  expect(none.message).toContain('Received: nothing: no server recorded any');
});

test('the findings of another server count where it is named', async () => {
  const message = await receivedWith(received, results('dmarc=fail'), 'Authentication-Results: gw.example; dmarc=pass');
  await expect(message).not.toBeAuthentic();
  await expect(message).toBeAuthentic({ server: 'gw.example' });
  await expect(expect(message).toBeAuthentic({ server: '' })).rejects.toThrow(/server must be a text/);
  await expect(expect(message).toBeAuthentic({ sever: 'x' } as object)).rejects.toThrow(/did you mean server/);
});

test('what the sandbox delivers is authentic, until a fault says otherwise', async () => {
  await using sandbox = await startSandbox();
  const sources: string[] = [];
  for (const unauthentic of [false, true]) {
    sandbox.faults.unauthentic = unauthentic;
    await sandbox.deliver(mail);
    sources.push(sandbox.store.account('qa@contoso.com').folder('inbox').messages.at(-1)!.source.toString());
  }
  const [first, second] = await Promise.all(
    sources.map((source) => givenMessage(mail, { head: source.split(/^From:/m)[0]! })),
  );
  expect(first!.authentication).toMatchObject({ server: 'sandbox.invalid', spf: 'pass', dkim: 'pass', dmarc: 'pass' });
  await expect(first!).toBeAuthentic();
  expect(second!.authentication.dmarc).toBe('fail');
  await expect(second!).not.toBeAuthentic();
});
