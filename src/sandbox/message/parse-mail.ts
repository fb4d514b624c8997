import type { ParsedMail, SimpleParserOptions } from 'mailparser';

/** Takes a MIME source apart. The parser is loaded when it is first needed: the sandbox starts without. */
export async function parseMail(source: Buffer, options: SimpleParserOptions = {}): Promise<ParsedMail> {
  const { simpleParser } = await import('mailparser');
  return await simpleParser(source, options);
}
