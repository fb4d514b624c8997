import { test, expect } from 'playwright-exchange';

test('support answers a question, and the customer gets the answer', async ({ page, mailbox, exchange }) => {
  const support = await exchange.open('support');
  const inbox = await support.mailbox('support@contoso.com');

  await page.goto('/contact');
  await page.getByLabel('Your email').fill(mailbox.address);
  await page.getByLabel('Question').fill('Do you ship to Antarctica?');
  await page.getByRole('button', { name: 'Send' }).click();

  // Every test's question goes to this mailbox: the subject names the customer.
  const question = await inbox.waitForMessage({ subject: mailbox.address });
  await question.reply({ text: 'We do, in summer.' });

  const answer = await mailbox.waitForMessage({ from: 'support@contoso.com' });
  expect(answer).toHaveSubject(`Re: ${question.subject}`);
  expect(answer).toHaveBody('We do, in summer.');
});
