import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Message } from 'playwright-exchange';

/** The mail that comes on signing up. */
const test = base.extend<{ message: Message }>({
  message: async ({ page, mailbox }, use) => {
    await page.goto('/signup');
    await page.getByLabel('Email').fill(mailbox.address);
    await page.getByLabel('Name').fill('Adele Vance');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await use(await mailbox.waitForMessage({ subject: /verify/i }));
  },
});

test('the button in the mail opens the account', async ({ page, message }) => {
  await message.open(page);
  await page.getByRole('link', { name: 'Verify my address' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Adele Vance' })).toBeVisible();
});

test('the mail reads well aloud', async ({ page, message }) => {
  await message.open(page);
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - img "Contoso"
    - heading "Verify your email address" [level=1]
    - paragraph: Hello Adele Vance,
    - paragraph: "please confirm that this is your address:"
    - paragraph:
      - link "Verify my address"
    - paragraph: The link works once.
    - paragraph:
      - link "Go to Contoso"
  `);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with it, ${colorScheme}`, async ({ page, message }) => {
    await page.emulateMedia({ colorScheme });
    await message.open(page);
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    expect(violations).toEqual([]);
  });
}

test('the mail is dark where the reader wants it dark', async ({ page, message }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await message.open(page);
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(17, 17, 17)');
});

test('the mail looks as it did', async ({ page, message }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  await message.open(page);
  // Fonts differ between machines: boxes and colours are compared, not letters. The logo is not there to be compared.
  await page.addStyleTag({ content: '* { color: transparent !important }' });
  await expect(page).toHaveScreenshot('verification.png', { mask: [page.getByRole('img')], maxDiffPixelRatio: 0.02 });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 3 });

  test('nothing is cut off, and the button is as wide as the column', async ({ page, message }) => {
    await message.open(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const button = await page.getByRole('link', { name: 'Verify my address' }).boundingBox();
    expect(button?.width).toBe(390 - 2 * 32);
    await page.getByRole('link', { name: 'Verify my address' }).tap();
    await expect(page.getByRole('heading', { name: 'Welcome, Adele Vance' })).toBeVisible();
  });
});

test('what the mail would load from the web is known, and not loaded', async ({ page, message }) => {
  const { blocked } = await message.open(page);
  await expect
    .poll(() => blocked)
    .toEqual([{ url: 'https://img.contoso.com/logo.png', type: 'image', reason: 'remoteContent is off' }]);
});

test('the links in the mail work', async ({ request, message }) => {
  await expect(message).toHaveWorkingLinks(request, { except: 'Verify my address' });
});
