import type { Token, TokenHandler, TokenizerMode } from 'parse5';
import type { OwnAddress } from './own-address.js';
import { safeAttributes } from './safe-attributes.js';
import { loadBareAddresses, type FindBareAddresses } from '../links/bare-addresses.js';
import { escapeHtml } from './escape-html.js';
import { linkify } from './linkify.js';
import { loadWriteStyles, type WriteStyles } from './safe-styles.js';

type Mode = (typeof TokenizerMode)[keyof typeof TokenizerMode];

export interface MailPage {
  readonly title: string;
  readonly own: OwnAddress;
  /** Told of what the mail would have loaded into an element that is left out. */
  readonly onLeftOut?: (url: string, element: string) => void;
}

/** Elements that are left out; what stands within them is shown. */
const untagged = new Set(
  'applet base embed fencedframe frame frameset noscript object param portal webview'.split(' '),
);

/** Elements that are left out with the text in them. */
const unseen = new Set(['script', 'iframe', 'noembed', 'noframes']);

/** Elements in which an address stays text. */
const unlinked = new Set(['a', 'button', 'select', 'textarea', 'title']);

/** What an address has that mail clients make a link of. */
const addressMark = /:\/\/|mailto:|www\.|\.[a-z]+\//i;

/** Elements whose text a browser would not take as it is written here. */
const renamed = new Map([
  ['xmp', 'pre'],
  ['plaintext', 'pre'],
]);

/**
 * The HTML of a mail for a browser to show: without scripts, frames, plug-ins, redirects and forms that lead anywhere,
 * and with all that it would load mapped to the mail's own address. All else stays as it is, its mistakes too: they
 * are the browser's to mend.
 *
 * It is read by the standard's tokenizer and written anew, so that every tag in it is one that was looked at: no
 * text, attribute or style holds what a browser could take for another tag, in whatever state its parser is.
 */
export async function safeHtml(html: string, page: MailPage): Promise<string> {
  const [{ Tokenizer, TokenizerMode: mode }, writeStyles, findAddresses] = await Promise.all([
    import('parse5'),
    loadWriteStyles(),
    loadBareAddresses(),
  ]);
  const modes = new Map<string, Mode>([
    ...['style', 'xmp', 'iframe', 'noembed', 'noframes'].map((name) => [name, mode.RAWTEXT] as const),
    ...['title', 'textarea'].map((name) => [name, mode.RCDATA] as const),
    ['script', mode.SCRIPT_DATA],
    ['plaintext', mode.PLAINTEXT],
  ]);
  const writer = new HtmlWriter(page, writeStyles, findAddresses);
  const tokenizer = new Tokenizer({}, writer);
  writer.onElement = (name) => (tokenizer.state = modes.get(name) ?? tokenizer.state);
  tokenizer.write(html, true);
  return writer.html;
}

class HtmlWriter implements TokenHandler {
  /** Told of each element before what stands in it is read. */
  onElement: (name: string) => void = () => {};
  readonly #page: MailPage;
  readonly #writeStyles: WriteStyles;
  readonly #findAddresses: FindBareAddresses;
  readonly #pieces: string[] = [];
  #doctype = '';
  #base: string | undefined;
  #isUnseen = false;
  #css: string | undefined;
  /** The element in which addresses stay text for now. */
  #unlinked: string | undefined;

  constructor(page: MailPage, writeStyles: WriteStyles, findAddresses: FindBareAddresses) {
    this.#page = page;
    this.#writeStyles = writeStyles;
    this.#findAddresses = findAddresses;
  }

  get html(): string {
    return `${this.#doctype}<title>${escapeHtml(this.#page.title)}</title>${this.#pieces.join('')}`;
  }

  onDoctype({ name, publicId, systemId }: Token.DoctypeToken): void {
    // After anything else it counts for nothing.
    if (this.#pieces.length > 0 || this.#doctype !== '') return;
    const kind = publicId !== null ? 'PUBLIC' : systemId !== null ? 'SYSTEM' : '';
    const ids = [publicId, systemId].filter((id) => id !== null).map((id) => `"${id.replace(/["<>]/g, '')}"`);
    this.#doctype = `<!DOCTYPE ${[(name ?? '').replace(/[^\w-]/g, ''), kind, ...ids].join(' ').trim()}>`;
  }

  onStartTag({ tagName, attrs, selfClosing }: Token.TagToken): void {
    this.onElement(tagName);
    if (tagName === 'base') this.#base ??= baseOf(attrs);
    if (tagName === 'style') this.#css = '';
    if (unseen.has(tagName)) this.#isUnseen = true;
    if (unlinked.has(tagName)) this.#unlinked ??= tagName;
    if (!isShown(tagName)) return this.#leaveOut(tagName, attrs);
    const context = { own: this.#page.own, base: this.#base, writeStyles: this.#writeStyles };
    const attributes = safeAttributes(tagName, attrs.filter(hasPlainName), context);
    if (!attributes) return;
    const written = attributes.map(({ name, value }) => ` ${name}="${escapeHtml(value)}"`);
    this.#pieces.push(`<${nameOf(tagName)}${written.join('')}${selfClosing ? '/' : ''}>`);
  }

  onEndTag({ tagName }: Token.TagToken): void {
    this.#endStyles();
    this.#isUnseen = false;
    if (this.#unlinked === tagName) this.#unlinked = undefined;
    if (isShown(tagName)) this.#pieces.push(`</${nameOf(tagName)}>`);
  }

  onCharacter({ chars }: Token.CharacterToken): void {
    if (this.#css !== undefined) this.#css += chars;
    else if (!this.#isUnseen) this.#pieces.push(this.#asHtml(chars));
  }

  onWhitespaceCharacter(token: Token.CharacterToken): void {
    if (this.#pieces.length > 0) this.onCharacter(token);
  }

  onEof(): void {
    this.#endStyles();
  }

  // A browser leaves them out, too.
  onNullCharacter(): void {}
  // Mail clients show none; those of Word's conditions would be read by Word alone.
  onComment(): void {}

  #asHtml(text: string): string {
    const isLinked = this.#unlinked === undefined && addressMark.test(text);
    return isLinked ? linkify(text, this.#findAddresses) : escapeHtml(text);
  }

  #leaveOut(element: string, attributes: readonly Token.Attribute[]): void {
    const { own, onLeftOut } = this.#page;
    const source = attributes.find(({ name }) => name === 'src' || name === 'data')?.value ?? '';
    const url = own.remoteIn(own.of(source, this.#base) ?? '');
    if (url !== undefined) onLeftOut?.(url, element);
  }

  #endStyles(): void {
    if (this.#css === undefined) return;
    const { own } = this.#page;
    this.#pieces.push(this.#writeStyles(this.#css, (reference) => own.of(reference, this.#base)));
    this.#css = undefined;
  }
}

function isShown(element: string): boolean {
  return !unseen.has(element) && !untagged.has(element) && /^[a-z][a-z0-9:_.-]*$/.test(element);
}

function hasPlainName({ name }: Token.Attribute): boolean {
  return /^[a-z_][a-z0-9:_.-]*$/.test(name);
}

function nameOf(element: string): string {
  return renamed.get(element) ?? element;
}

function baseOf(attributes: readonly Token.Attribute[]): string | undefined {
  const href = attributes.find(({ name }) => name === 'href')?.value ?? '';
  return /^https?:$/.test(URL.canParse(href) ? new URL(href).protocol : '') ? href : undefined;
}
