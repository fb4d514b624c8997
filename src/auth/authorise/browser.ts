/**
 * The process that a person signs in with: a browser of its own, out of reach of the runner's traces, videos
 * and screenshots. It ends with the process that started it.
 */
import { chromium, firefox, webkit, type Browser } from '@playwright/test';
import { watchSignIn } from './watch-sign-in.js';
import type { BrowserEnd, BrowserTask } from './browser-message.js';

process.once('disconnect', () => process.exit());
process.once('message', (task: BrowserTask) => void signIn(task).catch(failed).then(answer));

async function signIn({ browserName, launchOptions, url, redirectUrl }: BrowserTask): Promise<BrowserEnd> {
  await using browser: Browser = await { chromium, firefox, webkit }[browserName].launch(launchOptions);
  const context = await browser.newContext();
  const { end } = await watchSignIn(context, redirectUrl);
  const page = await context.newPage();
  const unreachable = page.goto(url, { waitUntil: 'commit' }).then(
    () => end,
    (error: unknown) => {
      // Otherwise it has gone on to somewhere else, or was closed: the end says which.
      const isLost = !page.isClosed() && /^(about|chrome-error):/.test(page.url());
      return isLost ? ({ kind: 'unreachable', message: messageOf(error) } as const) : end;
    },
  );
  return await Promise.race([end, unreachable]);
}

function failed(error: unknown): BrowserEnd {
  const hasDisplay = !/without having a XServer|missing x server/i.test(String(error));
  return hasDisplay ? { kind: 'failed', message: messageOf(error) } : { kind: 'noDisplay' };
}

/** The first line, without the address, which carries the request's own secrets. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [message = ''] = text.split(/ at https?:|\n/);
  return message.replace(/^[\w.]+: /, '');
}

function answer(end: BrowserEnd): void {
  process.send?.(end, () => process.disconnect());
}
