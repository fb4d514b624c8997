import { test, expect } from 'playwright-exchange';

test('signing in with the code from a mail', async ({ page, mailbox }) => {
  await page.goto('/signin');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Mail me a code' }).click();

  const message = await mailbox.waitForMessage({ subject: 'Your sign-in code' });
  await page.getByLabel('Code').fill(message.code());
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(page.getByText(`You are signed in as ${mailbox.address}`)).toBeVisible();
});
