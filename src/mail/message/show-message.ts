import type { BrowserPage, BrowserRoute } from './browser-page.js';
import type { ParsedMessage } from './parse.js';

export interface OpenOptions {
  /** Loads images, styles and fonts from the network, as a mail client does once told to. @default false */
  readonly remoteContent?: boolean;
}

/** Nobody can own a name below `.invalid` (RFC 2606), so nothing here reaches a network by mistake. */
const origin = 'https://mail.invalid';

/**
 * Shows a message in a browser page as a mail client does: no script, no frames, no forms, no redirect,
 * links as they are, and nothing loaded from outside unless asked for.
 */
export async function showMessage(page: BrowserPage, message: ParsedMessage, options: OpenOptions = {}): Promise<void> {
  const { remoteContent = false } = options;
  const base = `${origin}/${encodeURIComponent(message.messageId || 'message')}/`;
  const own = new RegExp(`^${base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
  await page.unroute(own);
  if (remoteContent) await page.route(/^https?:/, (route) => loadRemote(route, base));
  await page.route(own, (route) => serve(route, { message, base, remoteContent }));
  await page.goto(base);
}

interface Shown {
  readonly message: ParsedMessage;
  readonly base: string;
  readonly remoteContent: boolean;
}

async function serve(route: BrowserRoute, { message, base, remoteContent }: Shown): Promise<void> {
  const contentId = decodeURIComponent(route.request().url().slice(base.length));
  const image = message.attachments.find((attachment) => contentId && attachment.contentId === contentId);
  if (image) return await route.fulfill({ headers: { 'content-type': image.contentType }, body: image.content });
  return await route.fulfill({
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(remoteContent),
      'referrer-policy': 'no-referrer',
    },
    body: message.html ? withInlineImages(message.html, base) : plainText(message.text),
  });
}

/** Past the browser, which would keep a page of a public name from loading what a local application serves. */
async function loadRemote(route: BrowserRoute, base: string): Promise<void> {
  const request = route.request();
  if (request.isNavigationRequest() || request.frame().url() !== base) return await route.fallback();
  try {
    const response = await route.fetch();
    await route.fulfill({ status: response.status(), headers: response.headers(), body: await response.body() });
  } catch {
    await route.abort();
  }
}

/** Without `sandbox`, a meta refresh would navigate away. */
function contentSecurityPolicy(remoteContent: boolean): string {
  const remote = remoteContent ? ' https: http:' : '';
  return [
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    `default-src 'none'`,
    `img-src 'self' data:${remote}`,
    `style-src 'unsafe-inline'${remote}`,
    `font-src data:${remote}`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}

/** RFC 2392: `cid:` refers to the part with that Content-ID. */
function withInlineImages(html: string, base: string): string {
  return html.replace(/\bcid:([^"'\s)>]+)/gi, (_, contentId: string) => base + encodeURIComponent(contentId));
}

function plainText(text: string): string {
  const escaped = text.replace(/[&<]/g, (character) => (character === '&' ? '&amp;' : '&lt;'));
  return `<!doctype html><meta charset="utf-8"><pre style="white-space: pre-wrap">${escaped}</pre>`;
}
