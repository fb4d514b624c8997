import { simpleParser, type ParsedMail } from 'mailparser';

/** A message's MIME source, parsed once, when first asked for. */
export class MimeContent {
  readonly source: Buffer;
  #parsed: Promise<ParsedMail> | undefined;

  constructor(source: Buffer) {
    this.source = source;
  }

  parsed(): Promise<ParsedMail> {
    return (this.#parsed ??= simpleParser(this.source, {
      skipTextToHtml: true,
      skipHtmlToText: true,
      skipImageLinks: true,
    }));
  }
}
