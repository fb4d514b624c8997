import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { showMessage, type ShownMessage } from '../../src/mail/message/show-message.js';
import type { OpenOptions } from '../../src/mail/message/shown/open-options.js';
import { createMessage } from '../support/create-message.js';
import { multipart, parseSource } from '../support/parse-source.js';

const browser = findBrowser();

/** A server outside of the mail, and what it was asked for. */
const test = base.extend<{ outside: { readonly url: string; readonly requests: string[] } }>({
  launchOptions: browser?.executablePath ? { executablePath: browser.executablePath } : {},
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  outside: async ({}, use) => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.setHeader('content-type', 'text/html');
      response.end('<title>Outside</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

test.skip(!browser && !process.env['CI'], 'needs a browser: npx playwright install chromium');

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function show(page: Page, html: string, options?: OpenOptions): Promise<ShownMessage> {
  const attachments = [{ filename: 'logo.png', content: pixel, contentId: 'logo@contoso.com' }];
  const message = await createMessage({
    from: 'app@contoso.com',
    to: 'qa@contoso.com',
    subject: 'x',
    html,
    attachments,
  });
  return await message.open(page, options);
}

test('a message is shown with its inline images, and without running its scripts', async ({ page }) => {
  await show(
    page,
    `<h1 onclick="document.title='clicked'">Hello</h1><img alt="logo" src="cid:logo@contoso.com">
     <script>document.title = 'ran'</script><img src="x" onerror="document.title='failed'">`,
  );
  const width = await page.getByAltText('logo').evaluate((image: HTMLImageElement) => image.naturalWidth);
  expect(width).toBe(1);
  await page.getByRole('heading', { name: 'Hello' }).click();
  expect(await page.title()).toBe('x');
});

test('nothing is loaded from outside, and nothing leads away by itself', async ({ page, outside }) => {
  await show(
    page,
    `<meta http-equiv="refresh" content="0;url=${outside.url}/refresh"><base href="${outside.url}/base/">
     <link rel="stylesheet" href="${outside.url}/style.css"><style>@import url(${outside.url}/import.css);</style>
     <img src="${outside.url}/tracker.png"><iframe src="${outside.url}/frame"></iframe><p>Done</p>`,
  );
  await expect(page.getByText('Done')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(outside.requests).toEqual([]);
  expect(page.url()).toContain('https://mail.invalid/');
});

test('remote content is loaded where it is asked for', async ({ page, outside }) => {
  const remoteContent = [new URL(outside.url).host];
  const { blocked } = await show(page, `<img src="${outside.url}/banner.png">`, { remoteContent });
  await expect.poll(() => outside.requests).toContain('/banner.png');
  // What answers is no image, whatever the address says.
  await expect.poll(() => blocked).toMatchObject([{ reason: 'it is text/html, and wanted as image' }]);
});

test('servers of this machine are not asked unless they are named, and what was not loaded is listed', async ({
  page,
  outside,
}) => {
  const { blocked } = await show(page, `<img src="${outside.url}/banner.png">`, { remoteContent: true });
  await expect.poll(() => blocked.map(({ url }) => url)).toEqual([`${outside.url}/banner.png`]);
  expect(outside.requests).toEqual([]);
});

test('a merge tag that was left unfilled, and a cid: of nothing, are broken images', async ({ page }) => {
  await show(page, '<h1>Hello</h1><img src="%%LOGO_URL%%"><img src="cid:%"><img src="cid:logo%40contoso.com">');
  await expect(page.getByRole('heading', { name: 'Hello' })).toBeVisible();
  const widths = await page
    .locator('img')
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
  expect(widths).toEqual([0, 0, 1]);
});

test('an image is found by its Content-Location, relative or absolute, and nothing is asked for it', async ({
  page,
}) => {
  const image = 'Content-Type: image/png\r\nContent-Transfer-Encoding: base64';
  const octets = pixel.toString('base64');
  const html = '<img src="images/my logo.png"><img src="https://img.contoso.com/logo.png"><img src="images/none.png">';
  const message = await parseSource(
    ...multipart(
      'related',
      ['Content-Type: text/html', '', html],
      [image, 'Content-Location: images/my%20logo.png', '', octets],
      [image, 'Content-Location: https://img.contoso.com/logo.png', '', octets],
    ),
  );
  const { blocked } = await showMessage(page, message);
  const widths = await page
    .locator('img')
    .evaluateAll((images) => images.map((shown) => (shown as HTMLImageElement).naturalWidth));
  expect(widths).toEqual([1, 1, 0]);
  expect(blocked).toEqual([]);
});

test("the test's own scripts and styles run, as axe and timers need", async ({ page }) => {
  await show(page, '<h1>Hello</h1>');
  await page.addStyleTag({ content: 'h1 { color: rgb(1, 2, 3) }' });
  expect(await page.evaluate(() => new Promise((resolve) => setTimeout(() => resolve('fired'), 1)))).toBe('fired');
  await expect(page.getByRole('heading')).toHaveCSS('color', 'rgb(1, 2, 3)');
});

test('a mail of plain text shows its lines, and its links can be followed', async ({ page, outside }) => {
  const text = `Hello\n  indented\n${outside.url}/verify`;
  const message = await createMessage({ from: 'app@contoso.com', to: 'qa@contoso.com', subject: 'x', text });
  await message.open(page);
  await page.getByRole('link', { name: `${outside.url}/verify` }).click();
  await expect(page).toHaveTitle('Outside');
  expect(outside.requests).toContain('/verify');
});

test('a link is followed in the same tab and in a new one, without a referrer', async ({ page, outside }) => {
  await show(page, `<a href="${outside.url}/same">Same</a> <a href="${outside.url}/new" target="_blank">New</a>`);
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'New' }).click();
  const popup = await opening;
  await expect(popup).toHaveTitle('Outside');
  await page.getByRole('link', { name: 'Same' }).click();
  await expect(page).toHaveTitle('Outside');
  expect(await page.evaluate(() => document.referrer)).toBe('');
});

test('a message that is text alone is shown as it is', async ({ page }) => {
  const message = await createMessage({ from: 'app@contoso.com', to: 'qa@contoso.com', text: 'a <b>&amp; c' });
  await message.open(page);
  await expect(page.getByText('a <b>&amp; c')).toBeVisible();
});
