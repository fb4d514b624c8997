import { ExchangeError } from '../../errors.js';

const defaultMaxLength = 4 * 1024 * 1024;
/** How much of a tag has to be known to tell whether it is an envelope's. */
const longestTag = 256;
const openingTag = /^<((?:[\w.-]+:)?)Envelope(?=[\s>])/;
const closingTag = /^<\/((?:[\w.-]+:)?)Envelope\s*>$/;

/**
 * Cuts a streaming answer into its SOAP envelopes. Exchange sends them back to back, in chunks that end
 * anywhere, inside a character too; other servers put a namespace prefix before `Envelope`.
 *
 * Looks at everything once, however small the chunks.
 */
export class EnvelopeSplitter {
  readonly #decoder = new TextDecoder();
  readonly #maxLength: number;
  /** The prefix of the envelope that is open. */
  #prefix: string | undefined;
  #envelope = '';
  /** The beginning of a tag whose end has not come yet. */
  #tag = '';

  /** @param maxLength The longest envelope that is accepted, in characters. */
  constructor(maxLength = defaultMaxLength) {
    this.#maxLength = maxLength;
  }

  /**
   * Takes the next chunk, and returns the envelopes that it completed.
   *
   * @throws PROTOCOL where an envelope grows past the limit
   */
  push(chunk: Uint8Array): string[] {
    const text = this.#decoder.decode(chunk, { stream: true });
    const envelopes: string[] = [];
    for (const [piece] of text.matchAll(/[^>]*>|[^>]+$/g)) {
      const envelope = this.#take(piece);
      if (envelope !== undefined) envelopes.push(envelope);
    }
    return envelopes;
  }

  /** Takes what comes up to the end of a tag, or as much of it as there is. */
  #take(piece: string): string | undefined {
    if (this.#prefix !== undefined) this.#append(piece);
    const start = piece.lastIndexOf('<');
    const tag = start < 0 ? this.#tag && this.#tag + piece : piece.slice(start);
    this.#tag = piece.endsWith('>') ? '' : tag.slice(0, longestTag);
    if (this.#prefix === undefined) return this.#open(tag);
    return closingTag.exec(tag)?.[1] === this.#prefix ? this.#close() : undefined;
  }

  #open(tag: string): undefined {
    this.#prefix = openingTag.exec(tag)?.[1];
    if (this.#prefix !== undefined) this.#append(tag);
  }

  #append(piece: string): void {
    this.#envelope += piece;
    if (this.#envelope.length <= this.#maxLength) return;
    const summary = `the notification stream holds an envelope above ${this.#maxLength} characters`;
    throw new ExchangeError('PROTOCOL', summary);
  }

  #close(): string {
    const envelope = this.#envelope;
    this.#prefix = undefined;
    this.#envelope = '';
    return envelope;
  }
}
