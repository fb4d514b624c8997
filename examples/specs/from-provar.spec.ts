import { test, expect } from 'playwright-exchange';

// docs/from-provar.md, row by row. These specs start no browser.

test('Send Message', async ({ exchange, mailbox }) => {
  await exchange.send({
    to: mailbox.address,
    cc: 'lidia@contoso.com',
    bcc: ['audit@contoso.com'],
    subject: 'Quotation 42',
    text: 'Dear customer, here is our quotation.',
    attachments: [{ filename: 'quotation.csv', content: 'item,price\r\nchair,42\r\n' }],
  });
  await expect(mailbox).toReceive({ subject: 'Quotation 42', cc: 'lidia@contoso.com' });
});

test('Subscribe, WaitFor on messageCount, and messages[n]', async ({ mailbox }) => {
  const result = await mailbox.subscribe({ from: 'qa@contoso.com', subject: 'Order' }, { folder: 'inbox' });

  // What triggers the mail stands between subscribing and waiting, as it does there.
  await mailbox.send({ to: mailbox.address, subject: 'Order received', text: 'Thank you.' });
  await expect.poll(() => result.messageCount, { timeout: 60_000 }).toBe(1);
  expect(result.messages[0]?.subject).toBe('Order received');
  expect(result.messages[0]?.text).toContain('Thank you');
  expect(result.messages[0]?.to[0]?.address).toBe(mailbox.address);
});

test('Subscribe with Read Email Attachments', async ({ mailbox }) => {
  const result = await mailbox.subscribe({ hasAttachment: true });
  await mailbox.send({
    to: mailbox.address,
    subject: 'Invoice',
    text: 'See the attachment.',
    attachments: [{ filename: 'invoice.csv', content: 'total\r\n42\r\n' }],
  });

  const message = await result.next();
  expect(message.attachments[0]?.filename).toBe('invoice.csv');
  expect(message.attachments[0]?.content.toString()).toContain('42');
});

test('Receive Message with its time-out', async ({ mailbox }) => {
  await mailbox.send({ to: mailbox.address, subject: 'Your code', text: 'Your code is 481516.' });

  const message = await mailbox.waitForMessage({ subject: 'Your code' }, { timeout: 30_000 });
  expect(message.text).toContain('481516');
  expect(message.code()).toBe('481516');
});

test('another connection in the same test', async ({ exchange, mailbox }) => {
  const support = await exchange.open('support');
  await support.send({ to: mailbox.address, subject: 'Hello from support', text: 'How can we help?' });
  await mailbox.waitForMessage({ from: 'support@contoso.com' });
});
