import { test, expect } from 'playwright-exchange';

test('my data comes as a CSV file', async ({ page, mailbox }) => {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByLabel('Name').fill('Megan Bowen');
  await page.getByRole('button', { name: 'Sign up' }).click();
  const verification = await mailbox.waitForMessage({ subject: /verify/i });
  await page.goto(verification.link(/verify/).href);

  await page.getByRole('button', { name: 'Mail me my data' }).click();
  const message = await mailbox.waitForMessage({ attachment: 'account.csv' });

  expect(message).toHaveAttachment('account.csv');
  const [file] = message.attachments;
  expect(file?.contentType).toBe('text/csv');
  expect(file?.content.toString()).toContain(`${mailbox.address},Megan Bowen,true`);
});
