import type { Segment } from './command-reader.js';
import { bad } from './refusal.js';

/** Reads a command's arguments one after the other (RFC 3501 section 9); each throws BAD where it is another thing. */
export class CommandParser {
  readonly #segments: readonly Segment[];
  #segment = 0;
  #at = 0;

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  tag(): string {
    return this.#expect(/[^\x00-\x20\x7f-\xff(){%*"\\+]+/y, 'The tag is missing.');
  }

  /** A word in upper case: a command's name, a data item, a search key. */
  keyword(): string {
    return this.#expect(/[A-Za-z][A-Za-z0-9.-]*/y).toUpperCase();
  }

  /** The keyword that follows, which is not passed over; none where something else does. */
  peekKeyword(): string | undefined {
    const at = this.#at;
    const word = this.#match(/[A-Za-z][A-Za-z0-9.-]*/y);
    this.#at = at;
    return word?.toUpperCase();
  }

  atom(): string {
    return this.#expect(/[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y);
  }

  flag(): string {
    return this.#expect(/\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y);
  }

  number(): number {
    const value = Number(this.#expect(/\d{1,10}/y));
    if (value > 0xffff_ffff) throw bad();
    return value;
  }

  sequenceSet(): string {
    return this.#expect(/[\d*][\d*:,]*/y);
  }

  /** A text however it is written; one octet a character. */
  astring(): string {
    return this.#quoted() ?? this.#literal()?.toString('latin1') ?? this.#expect(/[^\x00-\x20\x7f(){%*"\\]+/y);
  }

  /** As {@link astring}, its octets read as UTF-8. */
  text(): string {
    return Buffer.from(this.astring(), 'latin1').toString('utf8');
  }

  /** A folder name or a pattern of such. */
  listMailbox(): string {
    return this.#quoted() ?? this.#literal()?.toString('latin1') ?? this.#expect(/[^\x00-\x20\x7f(){"\\]+/y);
  }

  /** A text that may be missing. */
  nstring(): string | undefined {
    if (this.accept('NIL')) return undefined;
    return this.quotedOrLiteral();
  }

  quotedOrLiteral(): string {
    const text = this.#quoted() ?? this.#literal()?.toString('latin1');
    if (text === undefined) throw bad();
    return text;
  }

  literal(): Buffer {
    const literal = this.#literal();
    if (!literal) throw bad();
    return literal;
  }

  /** `(a b c)` */
  list<T>(read: () => T): T[] {
    this.expect('(');
    const items: T[] = [];
    while (!this.accept(')')) {
      if (items.length > 0) this.space();
      items.push(read());
    }
    return items;
  }

  space(): void {
    this.expect(' ');
  }

  expect(text: string): void {
    if (!this.accept(text)) throw bad();
  }

  /** Whether a text is next, in whatever case. */
  peek(text: string): boolean {
    return this.#text.slice(this.#at, this.#at + text.length).toUpperCase() === text.toUpperCase();
  }

  /** Passes over a text if it is next. */
  accept(text: string): boolean {
    const isNext = this.peek(text);
    if (isNext) this.#at += text.length;
    return isNext;
  }

  /** What begins so, if it is there, and the space after it. */
  optional<T>(start: string, read: () => T): T | undefined {
    if (!this.peek(start)) return undefined;
    const value = read();
    this.space();
    return value;
  }

  /** What is left of the line, whatever it is. */
  rest(): string {
    const rest = this.#text.slice(this.#at);
    this.#at = this.#text.length;
    return rest;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length && this.#segment === this.#segments.length - 1;
  }

  end(): void {
    if (!this.isAtEnd) throw bad();
  }

  get #text(): string {
    return this.#segments[this.#segment]?.text ?? '';
  }

  #quoted(): string | undefined {
    const quoted = this.#match(/"(?:[^"\\\r\n\0]|\\["\\])*"/y);
    return quoted?.slice(1, -1).replace(/\\(.)/g, '$1');
  }

  #literal(): Buffer | undefined {
    const literal = this.#segments[this.#segment]?.literal;
    if (!literal || this.#at < this.#text.length) return undefined;
    this.#segment++;
    this.#at = 0;
    return literal;
  }

  #expect(pattern: RegExp, text?: string): string {
    const match = this.#match(pattern);
    if (match === undefined) throw bad(text);
    return match;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    if (match !== undefined) this.#at += match.length;
    return match;
  }
}
