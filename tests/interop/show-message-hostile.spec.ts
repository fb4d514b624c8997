import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { OwnAddress } from '../../src/mail/message/shown/own-address.js';
import { answer } from '../../src/mail/message/shown/policy.js';
import { createMessage } from '../support/create-message.js';
import { hostileMails, type HostileMail } from '../support/hostile-mails.js';
import { serveOutside } from '../support/outside-server.js';

const chromium = findBrowser();

const test = base.extend({
  launchOptions: {
    ...(chromium?.executablePath && { executablePath: chromium.executablePath }),
    // Chromium itself would keep a mail from asking a server of this machine.
    args: ['--disable-features=LocalNetworkAccessChecks'],
  },
});

test.skip(!chromium && !process.env['CI'], 'needs a browser: npx playwright install chromium');

for (const [index, { name }] of hostileMails('http://127.0.0.1').entries()) {
  test(`${name} runs nothing, loads nothing and leads nowhere, even where the policy counts for nothing`, async ({
    browser,
  }) => {
    await using context = await browser.newContext({ bypassCSP: true });
    expect(await harmDone(context, index, open)).toEqual([]);
  });

  test(`${name}, as it came, runs no script under the policy`, async ({ context }) => {
    const own = new OwnAddress('plain');
    const harm = await harmDone(context, index, async (page, { html }) => {
      await page.route(own.pattern, (route) => route.fulfill(answer(own, { type: 'text/html', body: html })));
      await page.goto(own.href);
    });
    expect(harm.filter((what) => what.endsWith(' ran'))).toEqual([]);
  });
}

type Show = (page: Page, mail: HostileMail) => Promise<void>;

async function open(page: Page, { html, parts = {} }: HostileMail): Promise<void> {
  const attachments = Object.entries(parts).map(([contentId, { type, content }]) => ({
    filename: contentId,
    contentType: type,
    content,
    contentId,
  }));
  const message = await createMessage({ from: 'app@contoso.com', to: 'qa@contoso.com', html, attachments });
  await message.open(page);
}

/** Shows a hostile mail, clicks what is to be clicked, and says what came of it. */
async function harmDone(context: BrowserContext, index: number, show: Show): Promise<string[]> {
  await using outside = await serveOutside();
  const mail = hostileMails(outside.url)[index]!;
  const page = await context.newPage();
  await show(page, mail);
  if (mail.click) await page.locator(mail.click).dispatchEvent('click');
  if (mail.isSlow) await page.waitForLoadState('networkidle');
  const harm: string[] = [];
  for (const opened of context.pages()) {
    if ((await opened.title()) === 'ran') harm.push('it ran');
    if (/^https?:..(?!mail.invalid)/.test(opened.url())) harm.push(`it led to ${opened.url()}`);
  }
  return [...harm, ...outside.requests, ...(outside.connections > 0 ? ['a connection'] : [])];
}
