import { test, expect } from 'playwright-exchange';

test('an address without an account gets no reset mail', async ({ page, mailbox }) => {
  await page.goto('/forgot');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Send a reset link' }).click();
  await expect(page.getByRole('status')).toContainText('If there is an account with this address');

  // "Never" has to end some time: this looks on for the whole of it, so say how long is long enough.
  await expect(mailbox).not.toReceive({ subject: /reset/i }, { timeout: 2_000 });
});

test('an address with an account gets one', async ({ page, mailbox }) => {
  await page.goto('/signup');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Sign up' }).click();

  await page.goto('/forgot');
  await page.getByLabel('Email').fill(mailbox.address);
  await page.getByRole('button', { name: 'Send a reset link' }).click();

  await expect(mailbox).toReceive({ subject: /reset/i });
});
