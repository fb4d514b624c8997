/**
 * The process that a person signs in with: a browser of its own, out of reach of the runner's traces, videos
 * and screenshots. It ends with the process that started it.
 */
import { chromium, firefox, webkit, type Browser } from '@playwright/test';
import { watchSignIn } from './authorise-watch.js';
import type { BrowserEnd, BrowserTask } from './browser-message.js';

process.once('disconnect', () => process.exit());
process.once('message', (task: BrowserTask) => void signIn(task).catch(failed).then(answer));

async function signIn({ browserName, launchOptions, url, redirectUrl }: BrowserTask): Promise<BrowserEnd> {
  await using browser: Browser = await { chromium, firefox, webkit }[browserName].launch(launchOptions);
  const context = await browser.newContext();
  const { end } = await watchSignIn(context, redirectUrl);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' }).catch((error: unknown) => {
    // Otherwise it has gone on to somewhere else, or was closed: the end says which.
    if (!page.isClosed() && /^(about|chrome-error):/.test(page.url())) throw error;
  });
  return await end;
}

function failed(error: unknown): BrowserEnd {
  const text = error instanceof Error ? error.message : String(error);
  // Without the address, which carries the request's own secrets.
  const [message = ''] = text.split(/ at https?:|\nCall log:/);
  return { kind: 'failed', message };
}

function answer(end: BrowserEnd): void {
  process.send?.(end, () => process.disconnect());
}
