import { Parser, type Handler } from 'htmlparser2';

/** Where the picture with a Content-ID is to be had (RFC 2392); nothing where there is none. */
export type ImageUrl = (contentId: string) => string | undefined;

/** Characters that are shown. */
const maxLength = 4 * 1024 * 1024;

/** Deeper than any mail, and little enough for a parser that searches through all that is open. */
const maxDepth = 1000;

/**
 * A mail's HTML as a mail client shows it: nothing that runs, frames or leads away by itself; links open in a tab of
 * their own; the pictures of its own parts are found. The policy that it is served with holds without this, which
 * leaves out what would show as broken and what no policy keeps from touching a network (`<link rel="preconnect">`).
 * @throws RangeError where it is nested too deep
 */
export function safeHtml(html: string, imageUrl: ImageUrl): string {
  const writer = new Writer(imageUrl);
  const parser = new Parser(writer);
  parser.write(html.slice(0, maxLength));
  parser.end();
  return writer.written.join('');
}

/** Left out with all that is in them. */
const cut = new Set(['script', 'iframe', 'object', 'applet', 'template', 'noembed', 'noframes']);

/** Left out. */
const skipped = new Set(['frame', 'frameset', 'embed', 'portal', 'fencedframe', 'base', 'xmp', 'plaintext']);

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

const links = new Set(['a', 'area']);

class Writer implements Partial<Handler> {
  readonly written: string[] = [];
  readonly #imageUrl: ImageUrl;
  readonly #open: string[] = [];
  #cuts = 0;

  constructor(imageUrl: ImageUrl) {
    this.#imageUrl = imageUrl;
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.push(name) > maxDepth) throw new RangeError(`It is nested more than ${maxDepth} deep.`);
    if (cut.has(name)) this.#cuts++;
    if (this.#isShown(name) && isHarmless(name, attributes))
      this.written.push(`<${name}${this.#attributes(name, attributes)}>`);
  }

  onclosetag(name: string): void {
    this.#open.pop();
    if (this.#isShown(name) && !voidElements.has(name)) this.written.push(`</${name}>`);
    if (cut.has(name)) this.#cuts--;
  }

  ontext(text: string): void {
    if (this.#cuts > 0) return;
    // A style sheet's text is no markup, and can't hold its own end.
    this.written.push(this.#open.at(-1) === 'style' ? this.#withImages(text) : escape(text));
  }

  onprocessinginstruction(name: string, text: string): void {
    if (name.toLowerCase() === '!doctype' && this.#open.length === 0) this.written.push(`<${text}>`);
  }

  #isShown(name: string): boolean {
    return this.#cuts === 0 && !skipped.has(name) && /^[a-z][\w:-]*$/i.test(name);
  }

  #attributes(element: string, attributes: Readonly<Record<string, string>>): string {
    const isLink = links.has(element);
    const written = Object.entries(attributes).map(([name, value]) => {
      if (/^on|[^\w:.-]/.test(name) || unwanted.has(name) || (isLink && /^(?:target|rel)$/.test(name))) return '';
      if (isLink && /(?:^|:)href$/.test(name)) return isPlace(value) ? ` ${name}="${escape(value)}"` : '';
      return ` ${name}="${escape(this.#withImages(value))}"`;
    });
    return written.join('') + (isLink ? ' target="_blank" rel="noopener noreferrer"' : '');
  }

  #withImages(text: string): string {
    return text.replace(/\bcid:([^"'\s)>]+)/gi, (whole, contentId: string) => this.#imageUrl(contentId) ?? whole);
  }
}

const unwanted = new Set(['accesskey', 'autofocus', 'ping', 'srcdoc']);

/** Of those that speak to the browser only what says how the mail wants to look. */
function isHarmless(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name === 'meta') return attributes['http-equiv'] === undefined;
  return name !== 'link' || attributes['rel']?.toLowerCase() === 'stylesheet';
}

/** Whether a link leads somewhere; browsers pass over control characters and white space. */
function isPlace(href: string): boolean {
  return /^(?:https?|mailto|tel|sms):/i.test(href.replace(/[\0-\x20]/g, ''));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
