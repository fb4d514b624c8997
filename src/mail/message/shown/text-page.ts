import { loadBareAddresses } from '../links/bare-addresses.js';
import { escapeHtml } from './escape-html.js';
import { linkify } from './linkify.js';

/** A mail of text alone as a mail client shows it: white space as it is, long lines wrapped, addresses as links. */
export async function textPage(text: string, title: string): Promise<string> {
  return [
    `<!doctype html><html lang="und"><title>${escapeHtml(title)}</title>`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    '<main><pre style="margin: 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere">',
    // A line break right behind the tag would be lost.
    `\n${linkify(text, await loadBareAddresses())}</pre></main>`,
  ].join('');
}
