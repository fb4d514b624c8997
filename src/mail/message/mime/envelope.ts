import { domainToUnicode } from 'node:url';
import { addressparser } from '../../../vendor/addressparser.js';
import type { Address } from '../../transport.js';
import type { Headers } from '../headers.js';
import { decodeText } from './decode-text.js';
import { decodeWords } from './header-text.js';
import type { MimePart } from './mime-part.js';
import { parseDate } from './parse-date.js';

/** Octets of the addresses of one field that are read: some ten thousand addresses. */
const longestAddresses = 1_000_000;

/** What a message's header section says, decoded. */
export class Envelope {
  readonly #fields: ReadonlyMap<string, readonly string[]>;

  constructor(message: MimePart) {
    const charset = firstCharset(message);
    const fields = new Map<string, string[]>();
    for (const { name, value } of message.fields) {
      const values = fields.get(name) ?? [];
      values.push(eightBit(value, charset).trim());
      fields.set(name, values);
    }
    this.#fields = fields;
  }

  /** All fields by lower-case name. */
  get headers(): Headers {
    return new Map([...this.#fields].map(([name, values]) => [name, values.map(decodeWords)]));
  }

  /** The first field of a name, as mail programs take it where there are several; empty where there is none. */
  text(name: string): string {
    return decodeWords(this.#fields.get(name)?.[0] ?? '');
  }

  /** Where it was folded, or has a tab, it has a blank. */
  get subject(): string {
    return this.text('subject').replaceAll('\t', ' ');
  }

  /** The addresses of the first field of a name, those of groups too. */
  authors(name: string): Address[] {
    return this.#addresses(this.#fields.get(name)?.slice(0, 1));
  }

  /** The addresses of all fields of a name. */
  recipients(name: string): Address[] {
    return this.#addresses(this.#fields.get(name));
  }

  #addresses(values: readonly string[] = []): Address[] {
    return values.flatMap((value) => addressparser(value.slice(0, longestAddresses), { flatten: true }).map(toAddress));
  }

  get date(): Date | undefined {
    return parseDate(this.text('date'));
  }

  /** Message identifiers with their angle brackets (RFC 5322 section 3.6.4). */
  ids(name: string): string[] {
    const text = decodeWords((this.#fields.get(name) ?? []).join(' '));
    const ids = text.match(/<[^<>]+>/g)?.map((id) => id.replace(/\s+/g, ''));
    return ids ?? text.split(/\s+/).flatMap((id) => (id === '' ? [] : `<${id.replace(/^<|>$/g, '')}>`));
  }
}

/** Raw octets beyond ASCII (RFC 6532, and what older mailers send) are in the charset of the text, if they can't be UTF-8. */
function eightBit(value: string, charset: string): string {
  return /[^\0-\x7f]/.test(value) ? decodeText(Buffer.from(value, 'latin1'), '', charset) : value;
}

function firstCharset({ params, parts }: MimePart): string {
  for (const charset of [params['charset'], ...parts.map(firstCharset)]) if (charset) return charset;
  return '';
}

/** An encoded word is decoded in a name alone: what it says is no address (RFC 2047 section 5). */
function toAddress({ name, address }: Address): Address {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const isEncoded = /\bxn--/i.test(domain);
  return {
    name: decodeWords(name).trim(),
    address: (isEncoded && domainToUnicode(domain) && address.slice(0, at + 1) + domainToUnicode(domain)) || address,
  };
}
