import type { FindBareAddresses } from '../links/bare-addresses.js';
import { escapeHtml } from './escape-html.js';
import { safeLink } from './safe-link.js';

/** A text as HTML, with the addresses that stand in it as links, as mail clients make them. */
export function linkify(text: string, find: FindBareAddresses): string {
  let at = 0;
  const pieces = find(text).map(({ start, end, href }) => {
    const before = escapeHtml(text.slice(at, start));
    const shown = escapeHtml(text.slice(start, end));
    const address = safeLink(href, undefined);
    at = end;
    return before + (address === undefined ? shown : `<a href="${escapeHtml(address)}">${shown}</a>`);
  });
  return pieces.join('') + escapeHtml(text.slice(at));
}
