import type { BrowserPage } from './browser-page.js';
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
  const base = `${origin}/${encodeURIComponent(message.messageId || 'message')}/`;
  const pattern = new RegExp(`^${base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
  const html = message.html ? withInlineImages(message.html, base) : plainText(message.text);
  await page.unroute(pattern);
  await page.route(pattern, async (route) => {
    const contentId = decodeURIComponent(route.request().url().slice(base.length));
    const image = message.attachments.find((attachment) => contentId && attachment.contentId === contentId);
    if (image) return await route.fulfill({ headers: { 'content-type': image.contentType }, body: image.content });
    return await route.fulfill({
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy(options.remoteContent ?? false),
        'referrer-policy': 'no-referrer',
      },
      body: html,
    });
  });
  await page.goto(base);
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
