import { test, expect } from 'playwright-exchange';

test('a reset link sets a new password', async ({ page, mailbox }) => {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();

  await page.goto('/forgot');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Send a reset link' }).click();

  // The verification mail has come too: the filter passes it by.
  const message = await mailbox.waitForMessage({ subject: /reset/i });
  await page.goto(message.link(/reset/).href);
  await page.getByLabel('New password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByLabel('Password').fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText(`You are signed in as ${mailbox.address}`)).toBeVisible();
});
