import type { Parser } from 'htmlparser2';
import { findCodes, type CodeFindings, type CodeLength } from './code/find-codes.js';
import { loadBareAddresses, type FindBareAddresses } from './links/bare-addresses.js';
import { findHtmlLinks, findTextLinks } from './links/find-links.js';
import type { Link } from './links/link.js';
import { readHtml, type HtmlReading } from './reading/read-html.js';
import { readText } from './reading/read-text.js';
import { splitLines, textOf, type Run } from './reading/run.js';
import { isForwarded, withoutQuotes } from './reading/unquoted.js';

/** What a message says, as far as a reader sees it. */
export interface ReadableMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a reader finds in a message. Each is looked for once, when it is first asked for. */
export class Findings {
  readonly #message: ReadableMessage;
  readonly #HtmlParser: typeof Parser;
  readonly #findBareAddresses: FindBareAddresses;
  readonly #codes = new Map<string, CodeFindings>();
  #html: HtmlReading | undefined;
  #links: readonly Link[] | undefined;

  private constructor(message: ReadableMessage, HtmlParser: typeof Parser, find: FindBareAddresses) {
    this.#message = message;
    this.#HtmlParser = HtmlParser;
    this.#findBareAddresses = find;
  }

  static async in(message: ReadableMessage): Promise<Findings> {
    const [{ Parser: HtmlParser }, find] = await Promise.all([
      import('../../vendor/htmlparser2.js'),
      loadBareAddresses(),
    ]);
    return new Findings(message, HtmlParser, find);
  }

  /** Those of the HTML; those of the text where there are none. */
  get links(): readonly Link[] {
    this.#links ??= this.#findLinks();
    return this.#links;
  }

  /** All that is to be read, in its order of weight: the plain text, the HTML's, the subject. */
  get texts(): readonly string[] {
    const { subject, text, html } = this.#message;
    return [text, ...(html ? [splitLines(this.#reading.runs).map(textOf).join('\n')] : []), subject];
  }

  /** The one-time code of subject and HTML; of subject and text where the HTML has none. */
  codes(length?: CodeLength): CodeFindings {
    const key = String(length);
    const codes = this.#codes.get(key) ?? this.#findCodes(length);
    this.#codes.set(key, codes);
    return codes;
  }

  get #reading(): HtmlReading {
    this.#html ??= readHtml(this.#message.html, this.#HtmlParser);
    return this.#html;
  }

  #findLinks(): Link[] {
    const links = findHtmlLinks(this.#reading, this.#findBareAddresses);
    return links.length > 0 ? links : findTextLinks(this.#message.text, this.#findBareAddresses);
  }

  #findCodes(length: CodeLength | undefined): CodeFindings {
    const { text, html } = this.#message;
    const inHtml = this.#findCodesIn(html ? this.#reading.runs : readText(text), length);
    if (html === '' || inHtml.codes.length > 0) return inHtml;
    const inText = this.#findCodesIn(readText(text), length);
    return inText.codes.length > 0 ? inText : inHtml;
  }

  #findCodesIn(runs: readonly Run[], length: CodeLength | undefined): CodeFindings {
    const { subject } = this.#message;
    const lines = splitLines(runs);
    const own = isForwarded(subject) ? lines : withoutQuotes(lines);
    return findCodes([...splitLines(readText(subject)), [], [], [], ...own], length);
  }
}
