import { simpleParser, type ParsedMail } from 'mailparser';
import { headerEnd } from '../message/mime-header.js';

/** A message's MIME source, parsed once, when first asked for. */
export class MimeContent {
  readonly source: Buffer;
  #parsed: Promise<ParsedMail> | undefined;

  constructor(source: Buffer) {
    this.source = source;
  }

  parsed(): Promise<ParsedMail> {
    return (this.#parsed ??= parse(this.source));
  }
}

const options = { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true };

/** What the parser refuses, with more parts than it takes, has a head still, and no body. */
async function parse(source: Buffer): Promise<ParsedMail> {
  try {
    return await simpleParser(source, options);
  } catch {
    return await simpleParser(source.subarray(0, headerEnd(source)), options);
  }
}
