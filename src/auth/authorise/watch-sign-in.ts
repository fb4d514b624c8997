import type { BrowserContext, Page, Request, Route } from '@playwright/test';
import type { BrowserEnd } from './browser-message.js';

/** How often the pages are looked at for a failure, in milliseconds: Microsoft's write theirs by script. */
const lookInterval = 250;

/**
 * Watches for how the sign-in in a browser ends: an answer to the redirect URL, a failure on a page, no page left.
 *
 * Whatever host the redirect URL names, nothing is sent there: the answer is posted (OAuth 2.0 Form Post Response
 * Mode), and a post is a request that can be caught. One that comes by a redirect (302) can only be seen.
 */
export async function watchSignIn(
  context: BrowserContext,
  redirectUrl: string,
): Promise<{ readonly end: Promise<BrowserEnd> }> {
  let finish!: (end: BrowserEnd) => void;
  const end = new Promise<BrowserEnd>((resolve) => (finish = resolve));
  const look = setInterval(() => void lookForFailure(context, finish), lookInterval);
  void end.then(() => clearInterval(look));
  const answered = (request: Request): boolean => {
    const fields = answerOf(request);
    if (fields) finish({ kind: 'answered', fields });
    return fields !== undefined;
  };
  context.on('page', (page) => page.once('close', () => context.pages().length || finish({ kind: 'closed' })));
  context.on('request', (request) => {
    if (request.redirectedFrom() && isSamePlace(new URL(request.url()), redirectUrl)) answered(request);
  });
  await context.route(
    (url) => isSamePlace(url, redirectUrl),
    async (route) => await (answered(route.request()) ? thank(route) : route.continue()),
  );
  return { end };
}

function isSamePlace(url: URL, redirectUrl: string): boolean {
  const { origin, pathname } = new URL(redirectUrl);
  return url.origin === origin && url.pathname === pathname;
}

/** RFC 6749 sections 4.1.2 and 4.1.2.1. */
function answerOf(request: Request): Record<string, string> | undefined {
  const query = new URL(request.url()).searchParams;
  const fields = Object.fromEntries([...query, ...new URLSearchParams(request.postData() ?? '')]);
  return 'code' in fields || 'error' in fields ? fields : undefined;
}

/** The icon is named so that the browser does not ask the host for one. */
const thanks = `<!doctype html>
<title>Signed in</title>
<link rel="icon" href="data:,">
<body style="font: 1.2rem system-ui, sans-serif; display: grid; place-items: center; min-height: 90vh">
<p>Thank you. This window closes by itself.</p>`;

async function thank(route: Route): Promise<void> {
  // The window may be closed already.
  await route.fulfill({ contentType: 'text/html; charset=utf-8', body: thanks }).catch(() => {});
}

/** Some failures are sent nowhere: an unknown app, tenant or redirect URL is only shown. */
async function lookForFailure(context: BrowserContext, finish: (end: BrowserEnd) => void): Promise<void> {
  for (const page of context.pages()) {
    const text = failureIn(await visibleText(page));
    if (text) finish({ kind: 'refused', text });
  }
}

/** What an administrator asks for; Microsoft's page has a line for each. */
const traces = /^(Request Id|Correlation Id|Timestamp): *(\S+)/gim;

function failureIn(pageText: string): string | undefined {
  const [text] = /AADSTS\d+.*/.exec(pageText) ?? [];
  if (!text) return undefined;
  return [text, ...[...pageText.matchAll(traces)].map(([, name, value]) => `${name}: ${value}`)].join(' ');
}

/** Nothing while the page is on its way to another. */
async function visibleText(page: Page): Promise<string> {
  return await page.evaluate(() => document.body?.innerText ?? '').catch(() => '');
}
