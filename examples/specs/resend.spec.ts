import { test, expect } from 'playwright-exchange';

test('resending mails a second link', async ({ page, mailbox }) => {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Sign up' }).click();
  const first = await mailbox.waitForMessage({ subject: /verify/i });

  // A message is handed out once, so the same wait gives the next one.
  await page.getByRole('button', { name: 'Resend' }).click();
  const second = await mailbox.waitForMessage({ subject: /verify/i });

  expect(second.link(/verify/).href).not.toBe(first.link(/verify/).href);
  await page.goto(second.link(/verify/).href);
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
});
