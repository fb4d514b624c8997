import { test, expect } from 'playwright-exchange';

// Specs that do not name `page` start no browser.

test('what is sent arrives, with its attachment', async ({ mailbox }) => {
  await mailbox.send({
    to: mailbox.address,
    subject: 'Quarterly report',
    text: 'The figures are attached.',
    attachments: [{ filename: 'figures.csv', content: 'quarter,revenue\r\nQ1,42\r\n' }],
  });

  const message = await mailbox.waitForMessage({ subject: 'Quarterly report', hasAttachment: true });
  expect(message).toHaveBody('The figures are attached.');
  expect(message.attachments[0]?.content.toString()).toContain('Q1,42');
});

test('a subscription gives messages in the order they come', async ({ mailbox }) => {
  const subscription = await mailbox.subscribe({ subject: /^Step/ });

  await mailbox.send({ to: mailbox.address, subject: 'Step 1', text: 'packed' });
  await mailbox.send({ to: mailbox.address, subject: 'Something else', text: 'not for us' });
  await mailbox.send({ to: mailbox.address, subject: 'Step 2', text: 'shipped' });

  const subjects: string[] = [];
  for await (const message of subscription) {
    subjects.push(message.subject);
    if (subjects.length === 2) break;
  }
  expect(subjects).toEqual(['Step 1', 'Step 2']);
});

test('finding looks once, and clearing deletes', async ({ mailbox }) => {
  await mailbox.send({ to: mailbox.address, subject: 'Newsletter', text: 'All the news.' });
  await expect(mailbox).toReceive({ subject: 'Newsletter' });
  expect(await mailbox.find({ subject: 'Newsletter' })).toHaveLength(1);

  await mailbox.clear();
  expect(await mailbox.find()).toEqual([]);
});
