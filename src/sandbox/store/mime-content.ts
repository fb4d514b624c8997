import type { ParsedMail } from 'mailparser';
import { parseMail } from '../message/parse-mail.js';
import { headerEnd } from '../message/mime-header.js';

interface Parsed {
  readonly mail: ParsedMail;
  readonly trouble?: string;
}

/** A message's MIME source, parsed once, when first asked for. */
export class MimeContent {
  #source: Buffer | (() => Buffer);
  readonly #size: number | undefined;
  #parsing: Promise<Parsed> | undefined;

  /**
   * @param source itself, or what gives it when it is first wanted
   * @param size that of the source, where it is known before
   */
  constructor(source: Buffer | (() => Buffer), size?: number) {
    this.#source = source;
    this.#size = size;
  }

  /** In octets. */
  get size(): number {
    return this.#size ?? this.source.length;
  }

  get source(): Buffer {
    if (typeof this.#source === 'function') this.#source = this.#source();
    return this.#source;
  }

  async parsed(): Promise<ParsedMail> {
    return (await this.#parse()).mail;
  }

  /** Why there is a head and no body of it. */
  async trouble(): Promise<string | undefined> {
    return (await this.#parse()).trouble;
  }

  #parse(): Promise<Parsed> {
    return (this.#parsing ??= parse(this.source));
  }
}

const options = { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true };

/** What the parser refuses, with more parts than it takes, has a head still, and no body. */
async function parse(source: Buffer): Promise<Parsed> {
  try {
    return { mail: await parseMail(source, options) };
  } catch (error) {
    const mail = await parseMail(source.subarray(0, headerEnd(source)), options);
    return { mail, trouble: error instanceof Error ? error.message : String(error) };
  }
}
