import { escapeHtml } from './escape-html.js';

/** What a click on a link shows that is relative, in a mail that does not say to what. */
export function strayPage(reference: string): string {
  return [
    '<!doctype html><html lang="en"><title>A link that leads nowhere</title>',
    '<meta name="color-scheme" content="light dark">',
    `<main><h1>This link leads nowhere</h1><p><code>${escapeHtml(reference)}</code></p>`,
    '<p>It is relative, and nothing says to what.</p></main>',
  ].join('');
}
