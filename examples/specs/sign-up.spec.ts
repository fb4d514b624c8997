import { test, expect } from 'playwright-exchange';

test('signing up mails a link that opens the account', async ({ page, mailbox }) => {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByLabel('Name').fill('Adele Vance');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();

  const message = await mailbox.waitForMessage({ subject: /verify/i });
  expect(message).toHaveBody('Hello Adele Vance');

  await page.goto(message.link(/verify/).href);
  await expect(page.getByRole('heading', { name: 'Welcome, Adele Vance' })).toBeVisible();
});

test('a verification link works once', async ({ page, mailbox }) => {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Sign up' }).click();

  const { href } = (await mailbox.waitForMessage({ subject: /verify/i })).link(/verify/);
  await page.goto(href);
  await page.goto(href);
  await expect(page.getByRole('heading', { name: 'This link has been used already' })).toBeVisible();
});
