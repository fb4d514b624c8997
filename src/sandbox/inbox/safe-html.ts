import type { Token } from 'parse5';
import { tokenizeHtml, type HtmlTokens } from '../message/tokenize-html.js';

/** Where the picture with a Content-ID is to be had (RFC 2392); nothing where there is none. */
export type ImageUrl = (contentId: string) => string | undefined;

/**
 * A mail's HTML as a mail client shows it: nothing that runs, frames or leads away by itself; links open in a tab of
 * their own; the pictures of its own parts are found. Its mistakes are the browser's to mend. The policy that it is
 * served with holds without this, which leaves out what would show as broken and what no policy keeps from touching a
 * network (`<link rel="preconnect">`).
 */
export function safeHtml(html: string, imageUrl: ImageUrl): string {
  const writer = new Writer(imageUrl);
  tokenizeHtml(html, writer);
  return writer.written.join('');
}

/** Left out with the text in them. */
const cut = new Set(['script', 'iframe', 'noembed', 'noframes']);

/** Left out; what stands in them is shown. */
const skipped = new Set(
  'applet base embed fencedframe frame frameset object param plaintext portal template xmp'.split(' '),
);

const links = new Set(['a', 'area']);

class Writer implements HtmlTokens {
  readonly written: string[] = [];
  readonly #imageUrl: ImageUrl;
  /** The element whose text is read just now, where it is none of the reader's. */
  #inside = '';

  constructor(imageUrl: ImageUrl) {
    this.#imageUrl = imageUrl;
  }

  start(name: string, attributes: readonly Token.Attribute[]): void {
    this.#inside = name;
    if (!isShown(name) || !isHarmless(name, attributes)) return;
    // Of two attributes of one name a browser takes the first.
    const added = links.has(name) ? inOwnTab : '';
    this.written.push(`<${name}${added}${attributes.map((it) => this.#attribute(name, it)).join('')}>`);
  }

  end(name: string): void {
    this.#inside = '';
    if (isShown(name)) this.written.push(`</${name}>`);
  }

  text(text: string): void {
    // A style sheet's text is no markup, and can't hold its own end.
    if (this.#inside === 'style') this.written.push(this.#withImages(text));
    else if (!cut.has(this.#inside)) this.written.push(escape(text));
  }

  /** It decides how a browser lays the mail out. */
  doctype({ name, publicId, systemId }: Token.DoctypeToken): void {
    if (this.written.length > 0) return;
    const kind = publicId !== null ? ' PUBLIC' : systemId !== null ? ' SYSTEM' : '';
    const ids = [publicId, systemId].map((id) => (id === null ? '' : ` "${id.replace(/["<>]/g, '')}"`));
    this.written.push(`<!doctype ${(name ?? '').replace(/[^\w-]/g, '')}${kind}${ids.join('')}>`);
  }

  #attribute(element: string, { name, value }: Token.Attribute): string {
    if (unwanted.test(name) || !/^[a-z_][\w:.-]*$/.test(name)) return '';
    const isLink = links.has(element) && /^(?:xlink:)?href$/.test(name);
    if (isLink && !isPlace(value)) return '';
    return ` ${name}="${escape(isLink ? value : this.#withImages(value))}"`;
  }

  #withImages(text: string): string {
    return text.replace(/\bcid:([^"'\s)>]+)/gi, (whole, contentId: string) => this.#imageUrl(contentId) ?? whole);
  }
}

/** They run something, send something, load a document, or take the reader somewhere unasked. */
const unwanted = /^(?:on.*|accesskey|autofocus|ping|srcdoc)$/;

const inOwnTab = ' target="_blank" rel="noopener noreferrer"';

function isShown(name: string): boolean {
  return !cut.has(name) && !skipped.has(name) && /^[a-z][\w:-]*$/.test(name);
}

/** Of those that speak to the browser only what says how the mail wants to look. */
function isHarmless(name: string, attributes: readonly Token.Attribute[]): boolean {
  const find = (wanted: string) => attributes.find((attribute) => attribute.name === wanted)?.value;
  if (name === 'meta') return find('http-equiv') === undefined;
  return name !== 'link' || find('rel')?.toLowerCase() === 'stylesheet';
}

/** Whether a link leads somewhere; browsers pass over control characters and white space. */
function isPlace(href: string): boolean {
  return /^(?:https?|mailto|tel|sms):/i.test(href.replace(/[\0-\x20]/g, ''));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
