import type { Parser } from 'htmlparser2';
import { loadBareAddresses, type FindBareAddresses } from './links/bare-addresses.js';
import { findHtmlLinks, findTextLinks } from './links/find-links.js';
import type { Link } from './links/link.js';
import { readHtml, type HtmlReading } from './reading/read-html.js';

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
  #html: HtmlReading | undefined;
  #links: readonly Link[] | undefined;

  private constructor(message: ReadableMessage, HtmlParser: typeof Parser, find: FindBareAddresses) {
    this.#message = message;
    this.#HtmlParser = HtmlParser;
    this.#findBareAddresses = find;
  }

  static async in(message: ReadableMessage): Promise<Findings> {
    const [{ Parser: HtmlParser }, find] = await Promise.all([import('htmlparser2'), loadBareAddresses()]);
    return new Findings(message, HtmlParser, find);
  }

  /** Those of the HTML; those of the text where there are none. */
  get links(): readonly Link[] {
    this.#links ??= this.#findLinks();
    return this.#links;
  }

  get #reading(): HtmlReading {
    this.#html ??= readHtml(this.#message.html, this.#HtmlParser);
    return this.#html;
  }

  #findLinks(): Link[] {
    const links = findHtmlLinks(this.#reading, this.#findBareAddresses);
    return links.length > 0 ? links : findTextLinks(this.#message.text, this.#findBareAddresses);
  }
}
