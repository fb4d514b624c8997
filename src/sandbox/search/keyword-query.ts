import { readDates } from './query-dates.js';
import { QueryError } from './query-error.js';
import type { Searched } from './searched-message.js';

type Test = (searched: Searched) => boolean;

/** Properties whose texts a search may name: https://learn.microsoft.com/graph/search-query-parameter */
const textProperties: Readonly<Record<string, readonly string[]>> = {
  attachment: ['attachment'],
  bcc: ['bcc'],
  body: ['body'],
  category: ['category'],
  cc: ['cc'],
  content: ['body'],
  from: ['from'],
  participants: ['from', 'to', 'cc', 'bcc'],
  recipients: ['to', 'cc', 'bcc'],
  subject: ['subject'],
  to: ['to'],
};

const otherProperties: Readonly<Record<string, (value: string) => Test>> = {
  hasattachment: (value) => (searched) => searched.hasAttachment === isTrue(value),
  hasattachments: (value) => (searched) => searched.hasAttachment === isTrue(value),
  importance: (value) => (searched) => searched.importance === value,
  isflagged: (value) => (searched) => searched.isFlagged === isTrue(value),
  isread: (value) => (searched) => searched.isRead === isTrue(value),
  kind: (value) => (searched) => searched.kind === value,
  received: (value) => within((searched) => searched.received.getTime(), readDates(value)),
  sent: (value) => within((searched) => searched.sent.getTime(), readDates(value)),
  size: (value) => within((searched) => searched.size, readSizes(value)),
};

const byDefault = ['from', 'subject', 'body', 'attachment'];
const maxDepth = 50;

/** Marks, joining words, and terms: a word or a phrase, perhaps of one property. */
const tokenPattern =
  /\s*(?:(?<mark>[()-](?=\S))|(?<close>\))|(?<name>[A-Za-z]+)(?<operator>[:=<>]+)|"(?<phrase>[^"]*)"|(?<word>[^\s()"]+))/y;

interface Token {
  readonly kind: 'mark' | 'name' | 'text' | 'phrase';
  readonly text: string;
  /** Whether a property is named: `:`, `>=` ... */
  readonly operator: string;
}

/**
 * Reads a query in the Keyword Query Language, as `$search` has it, or in the like of it that is EWS's Advanced Query Syntax:
 * words and phrases that must all be found, joined by AND, OR, NOT and parentheses, each perhaps in one property. Words are
 * found by their beginnings, phrases as they are.
 * @throws QueryError
 */
export function parseKeywordQuery(query: string): Test {
  const test = new QueryParser(tokensOf(query)).parse();
  if (!test) throw new QueryError(`'${query}' is no query.`);
  return test;
}

class QueryParser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Nothing where it is no search. */
  parse(): Test | undefined {
    const test = this.#or();
    return this.#next === this.#tokens.length ? test : undefined;
  }

  #or(): Test | undefined {
    const tests: Test[] = [];
    do {
      const test = this.#and();
      if (!test) return undefined;
      tests.push(test);
    } while (this.#takeWord('OR'));
    return (searched) => tests.some((test) => test(searched));
  }

  #and(): Test | undefined {
    const tests: Test[] = [];
    do {
      const test = this.#unary();
      if (!test) return undefined;
      tests.push(test);
    } while (this.#takeWord('AND') || this.#isTerm());
    return (searched) => tests.every((test) => test(searched));
  }

  #unary(): Test | undefined {
    if (++this.#depth > maxDepth) return undefined;
    const isNot = this.#takeWord('NOT') || this.#takeMark('-');
    const test = isNot ? this.#unary() : this.#takeMark('(') ? this.#group() : this.#term();
    this.#depth--;
    return isNot && test ? (searched) => !test(searched) : test;
  }

  #group(): Test | undefined {
    const test = this.#or();
    return this.#takeMark(')') ? test : undefined;
  }

  #term(): Test | undefined {
    const first = this.#tokens[this.#next++];
    if (first && isText(first)) return findsText(byDefault, first);
    if (first?.kind !== 'name') return undefined;
    if (this.#takeMark('(')) return this.#wordsOf(first);
    const value = this.#tokens[this.#next++];
    return value && isText(value) ? ofProperty(first, value) : undefined;
  }

  /** `subject:(one other)`: all of them. */
  #wordsOf(property: Token): Test | undefined {
    const tests: Test[] = [];
    for (let token = this.#tokens[this.#next]; token && isText(token); token = this.#tokens[++this.#next])
      tests.push(ofProperty(property, token));
    return this.#takeMark(')') && tests.length > 0 ? (searched) => tests.every((test) => test(searched)) : undefined;
  }

  #isTerm(): boolean {
    const token = this.#tokens[this.#next];
    return token !== undefined && !(token.kind === 'mark' && token.text === ')') && !this.#isWord('OR');
  }

  #isWord(word: string): boolean {
    const token = this.#tokens[this.#next];
    return token?.kind === 'text' && token.text === word;
  }

  #takeWord(word: string): boolean {
    const isIt = this.#isWord(word);
    if (isIt) this.#next++;
    return isIt;
  }

  #takeMark(mark: string): boolean {
    const token = this.#tokens[this.#next];
    const isIt = token?.kind === 'mark' && token.text === mark;
    if (isIt) this.#next++;
    return isIt;
  }
}

function tokensOf(clause: string): Token[] {
  const tokens: Token[] = [];
  const end = clause.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const groups = tokenPattern.exec(clause)?.groups;
    if (!groups) return [];
    const { mark, close, name, operator = '', phrase, word } = groups;
    if (name !== undefined) tokens.push({ kind: 'name', text: name.toLowerCase(), operator });
    else if (mark !== undefined || close !== undefined)
      tokens.push({ kind: 'mark', text: mark ?? close ?? '', operator });
    else if (phrase !== undefined) tokens.push({ kind: 'phrase', text: phrase, operator });
    else tokens.push({ kind: 'text', text: word ?? '', operator });
  }
  return tokens;
}

function isText({ kind }: Token): boolean {
  return kind === 'text' || kind === 'phrase';
}

function ofProperty({ text: name, operator }: Token, value: Token): Test {
  if (Object.hasOwn(textProperties, name)) return findsText(textProperties[name] ?? [], value);
  const read = Object.hasOwn(otherProperties, name) ? otherProperties[name] : undefined;
  if (!read) throw new QueryError(`The property '${name}' cannot be searched.`);
  const lower = value.text.toLowerCase();
  return read(operator === ':' || operator === '=' ? lower : operator + lower);
}

function findsText(fields: readonly string[], { text, kind }: Token): Test {
  const wanted = text.toLowerCase().replace(/\*$/, '');
  const isWhole = kind === 'phrase' && !text.endsWith('*');
  return ({ texts }) => fields.some((field) => (texts[field] ?? []).some((each) => hasWords(each, wanted, isWhole)));
}

const letter = /[\p{L}\p{N}]/u;

/** Whether a word begins there with what is wanted and, where that is wanted whole, a word ends with it. */
function hasWords(text: string, wanted: string, isWhole: boolean): boolean {
  const isInside = (one: string | undefined, other: string | undefined) =>
    letter.test(one ?? '') && letter.test(other ?? '');
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (!isInside(text[at - 1], wanted[0]) && !(isWhole && isInside(wanted.at(-1), text[end]))) return true;
  }
  return false;
}

function isTrue(value: string): boolean {
  return value === 'true' || value === 'yes' || value === '1';
}

function within(read: (searched: Searched) => number, range: readonly [from: number, before: number]): Test {
  return (searched) => read(searched) >= range[0] && read(searched) < range[1];
}

/** `>1000`, `1000..2000`, `<5000`: in octets. */
function readSizes(value: string): readonly [number, number] {
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(value) ?? [];
  if (first !== undefined) return [Number(first), Number(last) + 1];
  const [, operator = '', size = ''] = /^([<>]=?)?(\d+)$/.exec(value) ?? [];
  if (size === '') throw new QueryError(`'${value}' is no size.`);
  const octets = Number(size);
  if (operator.startsWith('>')) return [operator === '>' ? octets + 1 : octets, Infinity];
  return operator === '' ? [octets, octets + 1] : [0, operator === '<' ? octets : octets + 1];
}
