import { randomUUID } from 'node:crypto';
import { expect, test } from 'playwright-exchange';

/** Tests a protocol: each sends itself two mails, and must see these and no other. */
const count = Number(process.env['MANY_TESTS'] ?? 40);

for (let number = 0; number < count; number++) {
  test(`mail ${number}`, async ({ exchange, mailbox }) => {
    const codes = [randomUUID(), randomUUID()];
    for (const text of codes) await exchange.send({ to: mailbox.address, subject: 'Your code', text });
    const messages = [await mailbox.waitForMessage(), await mailbox.waitForMessage()];
    expect(messages.map(({ text }) => text.trim()).toSorted()).toEqual(codes.toSorted());
    expect(await mailbox.find()).toHaveLength(2);
  });
}
