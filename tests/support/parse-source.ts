import { parseMessage, type ParsedMessage } from '../../src/mail/message/parse.js';
import type { MessageRef } from '../../src/mail/transport.js';

/** Parses a mail that is written line by line; characters up to U+00FF are octets. */
export async function parseSource(...lines: readonly string[]): Promise<ParsedMessage> {
  return await parseMessage({ ref: {} as MessageRef, source: Buffer.from([...lines, ''].join('\r\n'), 'latin1') });
}

/** A mail with one text of a `Content-Type`. */
export async function parseText(contentType: string, content: string): Promise<ParsedMessage> {
  const source = Buffer.from(`Content-Type: ${contentType}\r\n\r\n${content}`, 'latin1');
  return await parseMessage({ ref: {} as MessageRef, source });
}

/** The lines of a multipart, each part as its lines. */
export function multipart(type: string, ...parts: readonly (readonly string[])[]): string[] {
  const boundary = `b-${type.replace(/\W.*/, '')}`;
  const between = parts.flatMap((lines) => [`--${boundary}`, ...lines]);
  return [`Content-Type: multipart/${type}; boundary="${boundary}"`, '', ...between, `--${boundary}--`];
}
