import { ExchangeError } from '../../errors.js';

const defaultMaxLength = 16 * 1024 * 1024;
const openingTag = /<((?:[\w.-]+:)?)Envelope(?=[\s>])/;

/**
 * Cuts a streaming answer into its SOAP envelopes. Exchange sends them back to back, in chunks that end
 * anywhere, inside a character too; other servers put a namespace prefix before `Envelope`.
 */
export class EnvelopeSplitter {
  readonly #decoder = new TextDecoder();
  readonly #maxLength: number;
  #buffer = '';

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
    this.#buffer += this.#decoder.decode(chunk, { stream: true });
    const envelopes: string[] = [];
    for (let envelope = this.#take(); envelope !== undefined; envelope = this.#take()) envelopes.push(envelope);
    if (this.#buffer.length > this.#maxLength) {
      throw new ExchangeError(
        'PROTOCOL',
        `the notification stream holds an envelope above ${this.#maxLength} characters`,
      );
    }
    return envelopes;
  }

  #take(): string | undefined {
    const opening = openingTag.exec(this.#buffer);
    if (!opening) {
      this.#buffer = this.#buffer.slice(startOfOpenTag(this.#buffer));
      return undefined;
    }
    this.#buffer = this.#buffer.slice(opening.index);
    const [tag, prefix = ''] = opening;
    const end = this.#buffer.indexOf(`</${prefix}Envelope`, tag.length);
    const close = end < 0 ? -1 : this.#buffer.indexOf('>', end);
    if (close < 0) return undefined;
    const envelope = this.#buffer.slice(0, close + 1);
    this.#buffer = this.#buffer.slice(close + 1);
    return envelope;
  }
}

/** Between envelopes only the beginning of a tag is worth keeping. */
function startOfOpenTag(text: string): number {
  const start = text.lastIndexOf('<');
  return start < 0 || text.includes('>', start) ? text.length : start;
}
