import type { Parser } from 'htmlparser2';
import { isEmphasised, isReadable, isShown, plain, type Look } from './look.js';
import { Looks } from './looks.js';
import { RunWriter, type OpenAnchor, type RunStyle } from './run-writer.js';
import type { Anchor, Run } from './run.js';

type Attributes = Readonly<Record<string, string>>;

/** What a reader sees of an HTML body, and the links in it. */
export interface HtmlReading {
  readonly runs: readonly Run[];
  /** In their order, each with the count of the runs before it. */
  readonly anchors: readonly PlacedAnchor[];
  /** Where relative addresses start from. */
  readonly base: string | undefined;
}

export interface PlacedAnchor {
  readonly anchor: Anchor;
  readonly runsBefore: number;
}

/** Reads an HTML body as a mail client shows it: nothing of what is hidden, a line where a block begins. */
export function readHtml(html: string, HtmlParser: typeof Parser): HtmlReading {
  const reader = new HtmlReader();
  for (let rest = html; rest !== '';) rest = rest.slice(reader.readFrom(rest, HtmlParser));
  return reader;
}

interface Element {
  readonly name: string;
  readonly look: Look;
  readonly isQuoted: boolean;
  readonly anchor: OpenAnchor | undefined;
}

/** The parser's time grows with the square of the depth: what lies deeper is read as if the mail began there. */
const maximalDepth = 1_000;

const body: Element = { name: 'body', look: plain, isQuoted: false, anchor: undefined };
const paragraphs = wordsOf('address blockquote dl fieldset figure h1 h2 h3 h4 h5 h6 hr ol p pre ul');
const blocks = wordsOf(
  `article aside body caption center dd details div dt figcaption footer form header html legend li main nav option
  section summary table tbody tfoot thead tr`,
);

const struckOut = wordsOf('del s strike');

class HtmlReader implements HtmlReading {
  readonly anchors: PlacedAnchor[] = [];
  base: string | undefined;
  readonly #writer = new RunWriter();
  readonly #looks = new Looks();
  readonly #elements: Element[] = [];
  #css: string | undefined;
  #isAfterReply = false;

  get runs(): readonly Run[] {
    return this.#writer.runs;
  }

  /** Reads until the end, or until it is too deep; says where it stopped. */
  readFrom(html: string, HtmlParser: typeof Parser): number {
    this.#elements.length = 0;
    const parser: Parser = new HtmlParser({
      onopentag: (name, attributes) => {
        this.#open(name, attributes);
        if (this.#elements.length > maximalDepth) parser.pause();
      },
      ontext: (text) => this.#read(text),
      onclosetag: (name) => this.#close(name),
    });
    parser.write(html);
    if (this.#elements.length > maximalDepth) return parser.endIndex + 1;
    parser.end();
    return html.length;
  }

  get #innermost(): Element {
    return this.#elements.at(-1) ?? body;
  }

  #open(name: string, attributes: Attributes): void {
    const outer = this.#innermost;
    const look = this.#looks.of(outer.look, name, attributes);
    this.#break(name, look);
    if (isCell(name)) this.#closeAnchorOfCell(outer);
    if (isStartOfReply(attributes)) this.#isAfterReply = true;
    const anchor = name === 'a' ? this.#openAnchor(outer, look, attributes) : outer.anchor;
    const element = { name, look, isQuoted: outer.isQuoted || isQuote(name, attributes), anchor };
    this.#elements.push(element);
    if (name === 'base') this.base ??= attributes['href'];
    else if (name === 'style') this.#css = '';
    else if (name === 'area') this.#openAnchor(outer, look, attributes, nameOf(attributes));
    else if (name === 'img' && isShown(look)) this.#writer.write(nameOf(attributes), this.#styleOf(element));
    else if (name === 'input' && isReadable(look)) this.#writer.write(shownValue(attributes), this.#styleOf(element));
    else if (isCell(name) && isShown(look)) this.#writer.write(' ', this.#styleOf(element));
  }

  #close(name: string): void {
    const { look, anchor } = this.#elements.pop() ?? body;
    if (name === 'style' && this.#css !== undefined) {
      this.#looks.addStyleSheet(this.#css);
      this.#css = undefined;
    }
    if (name === 'a' && anchor) anchor.isClosed = true;
    if (name !== 'br') this.#break(name, look);
  }

  #read(text: string): void {
    const element = this.#innermost;
    if (this.#css !== undefined) this.#css += text;
    else if (!isReadable(element.look)) return;
    else if (element.look.isPreformatted) this.#writer.writePreformatted(text, this.#styleOf(element));
    else this.#writer.write(text, this.#styleOf(element));
  }

  #break(name: string, look: Look): void {
    if (!isShown(look)) return;
    if (name === 'br') this.#writer.breakLine();
    else if (paragraphs.has(name)) this.#writer.breakForBlock(2);
    else if (blocks.has(name)) this.#writer.breakForBlock(1);
  }

  #styleOf({ look, isQuoted, anchor }: Element): RunStyle {
    return {
      isEmphasised: isEmphasised(look),
      isQuoted: isQuoted || this.#isAfterReply,
      isRaised: look.isRaised,
      anchor,
    };
  }

  /** The next cell ends a link that was left open in the one before. */
  #closeAnchorOfCell({ anchor }: Element): void {
    if (anchor && this.#elements.findLast(({ name }) => name === 'a' || name === 'table')?.name === 'a')
      anchor.isClosed = true;
  }

  #openAnchor(outer: Element, look: Look, attributes: Attributes, text: string = ''): OpenAnchor | undefined {
    if (outer.anchor) outer.anchor.isClosed = true;
    const href = attributes['href'] ?? '';
    if (!isShown(look) || href.trim() === '') return undefined;
    const anchor = { href, text, label: attributes['aria-label'] ?? '', isClosed: false };
    this.anchors.push({ anchor, runsBefore: this.runs.length });
    return anchor;
  }
}

function isCell(name: string): boolean {
  return name === 'td' || name === 'th';
}

const inputsWithoutText = wordsOf('checkbox color file hidden image password radio range');

function shownValue({ type = '', value = '' }: Attributes): string {
  return inputsWithoutText.has(type.toLowerCase()) ? '' : value;
}

function nameOf(attributes: Attributes): string {
  return attributes['alt'] || attributes['aria-label'] || '';
}

/** As Apple Mail and Thunderbird, Gmail, Yahoo mark what they quote; what is struck out counts no more than that. */
function isQuote(name: string, attributes: Attributes): boolean {
  if (struckOut.has(name)) return true;
  const isCitation = name === 'blockquote' && attributes['type']?.toLowerCase() === 'cite';
  return isCitation || /(?:^|\s)(?:gmail_quote|yahoo_quoted)(?:\s|$)/.test(attributes['class'] ?? '');
}

/** As Outlook marks where the mail begins that was answered. */
function isStartOfReply(attributes: Attributes): boolean {
  return attributes['id'] === 'divRplyFwdMsg' || attributes['id'] === 'appendonsend';
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
