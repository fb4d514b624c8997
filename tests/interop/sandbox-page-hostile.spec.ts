import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { startSandbox, type Sandbox, type SandboxMail } from '../../src/sandbox/index.js';

const browser = findBrowser();

/** A server outside of the mail, and what it was asked for. */
interface Outside {
  readonly url: string;
  readonly requests: string[];
}

const test = base.extend<object, { sandbox: Sandbox; outside: Outside }>({
  launchOptions: browser?.executablePath ? { executablePath: browser.executablePath } : {},
  sandbox: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
    async ({}, use) => {
      await using sandbox = await startSandbox();
      await use(sandbox);
    },
    { scope: 'worker' },
  ],
  outside: [
    // oxlint-disable-next-line no-empty-pattern -- see above
    async ({}, use) => {
      const requests: string[] = [];
      const server = createServer((request, response) => {
        requests.push(`${request.url} ${request.headers.referer ?? ''}`.trim());
        response.setHeader('content-type', 'text/html');
        response.end('<title>Outside</title>');
      });
      server.on('connection', () => requests.push('connection'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    { scope: 'worker' },
  ],
});

test.skip(!browser && !process.env['CI'], 'needs a browser: npx playwright install chromium');

test.beforeEach(({ sandbox, outside }) => {
  outside.requests.length = 0;
  for (const account of sandbox.store.accounts)
    for (const folder of account.folders) for (const message of folder.above(0)) folder.remove(message);
});

/** Delivers a mail, and opens it in the page; its frame. */
async function show(page: Page, sandbox: Sandbox, mail: Partial<SandboxMail>) {
  await sandbox.deliver({ to: 'qa@contoso.com', subject: 'x', ...mail });
  const [message] = await sandbox.messages();
  await page.goto(message!.url);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('body')).toBeAttached();
  return frame;
}

async function onlyId(sandbox: Sandbox): Promise<string> {
  const [message] = await sandbox.messages();
  return message?.id ?? '';
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const ran = `parent.ran = top.ran = document.body.dataset.ran = 'yes'; alert('ran'); fetch(location)`;

const hostile: Readonly<Record<string, (outside: string) => string>> = {
  scripts: () => `<script>${ran}</script><svg onload="${ran}"></svg><img src="x" onerror="${ran}">
    <body onload="${ran}"><details open ontoggle="${ran}"><iframe srcdoc="<script>${ran}</script>"></iframe>`,
  'what loads': (outside) => `<link rel="stylesheet" href="${outside}/css"><link rel="preconnect" href="${outside}">
    <link rel="dns-prefetch" href="${outside}"><link rel="prefetch" href="${outside}/prefetch"><style>@import '${outside}/import';
    @font-face { font-family: x; src: url(${outside}/font) } p { font-family: x; background: url('${outside}/bg') }</style><p>x</p>
    <img src="${outside}/img" srcset="${outside}/img2 2x"><video src="${outside}/video" poster="${outside}/poster" autoplay></video>
    <input type="image" src="${outside}/input"><table background="${outside}/table"><svg><image href="${outside}/svg"/></svg>`,
  'what frames': (outside) => `<iframe src="${outside}/iframe"></iframe><object data="${outside}/object"></object>
    <embed src="${outside}/embed"><frameset><frame src="${outside}/frame"></frameset><portal src="${outside}/portal"></portal>`,
  'what leads away': (outside) => `<meta http-equiv="refresh" content="0;url=${outside}/refresh">
    <base href="${outside}/base/" target="_top"><form action="${outside}/form" target="_top"><button autofocus>x</button></form>`,
  'what asks the sandbox':
    () => `<img src="/sandbox/events"><img src="/sandbox/messages"><link rel="stylesheet" href="/sandbox/page/page.css">
    <iframe src="/"></iframe><form method="post" action="/sandbox/deliver"></form>`,
  'a broken document':
    () => `<p><b><i></p></table></html><!-- <script>${ran}</script> --!><noscript><style></noscript><img src=x onerror="${ran}">
    <math><mtext><table><mglyph><style><img src=x onerror="${ran}">`,
};

for (const [name, html] of Object.entries(hostile)) {
  test(`${name} can do nothing, in the page and alone`, async ({ page, sandbox, outside }) => {
    page.on('dialog', (dialog) => outside.requests.push(`dialog ${dialog.message()}`));
    page.on('popup', () => outside.requests.push('popup'));
    const frame = await show(page, sandbox, { html: `<p>Shown</p>${html(outside.url)}` });
    await expect(frame.getByText('Shown')).toBeAttached();
    await page.waitForLoadState('load');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();

    const id = await onlyId(sandbox);
    const alone = `${sandbox.url}/sandbox/messages/${id}/html`;
    await page.goto(alone);
    await expect(page.getByText('Shown')).toBeAttached();
    await page.waitForLoadState('load');
    expect(page.url()).toBe(alone);
    expect(await page.locator('body').getAttribute('data-ran')).toBeNull();
    expect(outside.requests).toEqual([]);
  });
}

test('the policy holds by itself, where a mail is shown as it is', async ({ page, sandbox, outside }) => {
  page.on('dialog', (dialog) => outside.requests.push(`dialog ${dialog.message()}`));
  const raw = Object.values(hostile).map((html) => html(outside.url));
  await page.route('**/html', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `<p>Raw</p>${raw.join('')}` });
  });
  const frame = await show(page, sandbox, { html: '<p>Shown</p>' });
  await expect(frame.getByText('Raw')).toBeVisible();
  await page.waitForLoadState('load');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  await page.goto(`${sandbox.url}/sandbox/messages/${await onlyId(sandbox)}/html`);
  await expect(page.getByText('Raw')).toBeVisible();
  await page.waitForLoadState('load');
  expect(page.url()).toContain(sandbox.url);
  // What a policy can't forbid: to open a connection that is not used.
  expect(outside.requests.filter((request) => request !== 'connection')).toEqual([]);
});

test('pictures of the mail itself are shown, and nothing else of it', async ({ page, sandbox }) => {
  const attachments = [
    { filename: 'logo.png', content: pixel, contentId: 'logo@contoso.com' },
    { filename: 'page.html', content: `<script>${ran}</script>`, contentId: 'page' },
    { filename: 'image.svg', content: svg, contentId: 'svg' },
  ];
  const html = `<img alt="logo" src="cid:logo@contoso.com"><img alt="encoded" src="cid:logo%40contoso.com">
    <img alt="page" src="cid:page"><a href="cid:page">Page</a><img alt="svg" src="cid:svg"><p style="background: url(cid:logo@contoso.com)">x</p>`;
  const frame = await show(page, sandbox, { html, attachments });
  const width = (alt: string) => frame.getByAltText(alt).evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(() => Promise.all(['logo', 'encoded', 'svg', 'page'].map(width))).toEqual([1, 1, 7, 0]);
  await expect(frame.getByText('Page')).not.toHaveAttribute('href');
  const id = await onlyId(sandbox);
  await page.goto(`${sandbox.url}/sandbox/messages/${id}/html`);
  await expect(page.getByAltText('logo')).toHaveJSProperty('naturalWidth', 1);
  await page.goto(`${sandbox.url}/sandbox/inline/${id}/2`);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect((await fetch(`${sandbox.url}/sandbox/inline/${id}/1`)).status).toBe(404);
});

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"><script>window.ran = 1</script></svg>`;

test('a link opens in a tab of its own, which knows nothing of the page', async ({ page, sandbox, outside }) => {
  const html = `<a href="${outside.url}/link" target="_top">Go</a><a href="javascript:${ran}">Run</a>
    <a href="/sandbox/messages">Sandbox</a><a href=" jav&#x09;ascript:${ran}">Run too</a><a href="mailto:qa@contoso.com">Write</a>`;
  const frame = await show(page, sandbox, { html });
  for (const text of ['Run', 'Sandbox', 'Run too'])
    await expect(frame.getByText(text, { exact: true })).not.toHaveAttribute('href');
  const opening = page.waitForEvent('popup');
  await frame.getByText('Go').click();
  const opened = await opening;
  await expect(opened).toHaveTitle('Outside');
  expect(await opened.evaluate(() => window.opener)).toBeNull();
  expect(outside.requests).toContain('/link');
  await expect(page.getByRole('article', { name: 'Message' })).toBeVisible();
});

test('what is elsewhere is loaded where it is asked for', async ({ page, sandbox, outside }) => {
  const frame = await show(page, sandbox, { html: `<p>Shown</p><img src="${outside.url}/logo">` });
  await expect(frame.getByText('Shown')).toBeVisible();
  expect(outside.requests).toEqual([]);
  await page.getByLabel('Remote content').check();
  await expect.poll(() => outside.requests).toContain('/logo');
  const id = await onlyId(sandbox);
  const policy = (await fetch(`${sandbox.url}/sandbox/messages/${id}/html?remote`)).headers.get(
    'content-security-policy',
  );
  expect(policy).toContain(`default-src 'none'`);
});

test.describe('where nothing else says what colours are wanted', () => {
  test.use({ colorScheme: null });

  test('a mail is seen light and dark, wide and narrow', async ({ page, sandbox }) => {
    const html = `<style>@media (prefers-color-scheme: dark) { p { color: rgb(1, 2, 3) } }
    @media (width < 500px) { p { font-weight: 900 } }</style><p>Shown</p>`;
    const frame = await show(page, sandbox, { html });
    const text = frame.getByText('Shown');
    await expect(text).not.toHaveCSS('color', 'rgb(1, 2, 3)');
    await page.getByText('Dark', { exact: true }).click();
    await expect(text).toHaveCSS('color', 'rgb(1, 2, 3)');
    await expect(text).not.toHaveCSS('font-weight', '900');
    await page.getByText('Phone', { exact: true }).click();
    await expect(text).toHaveCSS('font-weight', '900');
  });
});

const odd: Readonly<Record<string, Partial<SandboxMail>>> = {
  'without a subject': { subject: '', text: 'Shown' },
  'with markup in its fields': {
    subject: '<img src=x onerror=alert(1)>',
    from: '"<b>Bold</b>" <a@contoso.com>',
    text: 'Shown',
  },
  'from right to left': { subject: 'تأكيد \u202e طلبك', from: 'متجر <shop@contoso.com>', text: 'Shown' },
  'with a very long subject': { subject: 'long '.repeat(2000), text: 'Shown' },
  'with a word that does not end': { subject: 'x'.repeat(5000), text: `${'y'.repeat(20_000)} Shown` },
  'of megabytes': { text: 'Shown', html: `<p>Shown</p>${`<p>${'filler '.repeat(20)}</p>`.repeat(27_000)}` },
  'nested too deep': { text: 'x', html: `${'<div>'.repeat(20_000)}Shown` },
  'to a thousand': { to: Array.from({ length: 1000 }, (_, index) => `u${index}@contoso.com`), text: 'Shown' },
};
for (const [name, mail] of Object.entries(odd)) {
  test(`a mail ${name} leaves the page whole`, async ({ page, sandbox }) => {
    page.on('dialog', () => expect('a dialog').toBe('none'));
    const [first = 'qa@contoso.com', ...others] = [mail.to ?? []].flat();
    await sandbox.deliver({ subject: 'x', ...mail, to: [first, ...others] });
    const [message] = await sandbox.messages(first);
    await page.goto(message!.url);
    await expect(page.getByRole('tab', { name: 'Text' })).toBeVisible();
    await page.getByRole('tab', { name: 'Text' }).click();
    await expect(page.getByRole('tabpanel')).toContainText(/Shown|x/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}
