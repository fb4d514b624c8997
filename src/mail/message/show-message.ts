import { createHash } from 'node:crypto';
import type { ParsedMessage } from './parse.js';
import type { BrowserPage } from './shown/browser-page.js';
import { checkOpen, type OpenOptions } from './shown/open-options.js';
import { OwnAddress } from './shown/own-address.js';
import { ShownMail, type BlockedContent } from './shown/shown-mail.js';

/** A message in a browser page. */
export interface ShownMessage {
  /** What it wanted from the network and did not get, each of its frames, plug-ins and scripts among it; it grows while the page is open. */
  readonly blocked: readonly BlockedContent[];
}

/**
 * Shows a message in a browser page as a mail client does: no script, no frames, no forms, no redirect, links as they
 * are, and nothing loaded from outside unless asked for.
 * @throws CONFIGURATION before anything is tried
 */
export async function showMessage(
  page: BrowserPage,
  message: ParsedMessage,
  options: OpenOptions = {},
): Promise<ShownMessage> {
  checkOpen(page, options);
  const own = new OwnAddress(idOf(message));
  const mail = await ShownMail.create(message, own, options);
  await page.unroute(own.pattern);
  await page.route(own.pattern, (route) => mail.serve(route));
  await page.goto(own.href);
  return { blocked: mail.blocked };
}

/** The same message lies at the same address each time; another one does not, even with the same Message-ID. */
function idOf({ messageId, subject, html, text }: ParsedMessage): string {
  const content = JSON.stringify([messageId, subject, html, text]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
