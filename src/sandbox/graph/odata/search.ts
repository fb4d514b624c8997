import { badRequest } from '../graph-error.js';
import { readDates } from './search-dates.js';

/** What `$search` looks at in a message. */
export interface Searched {
  /** By property; in lower case. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly hasAttachment: boolean;
  readonly importance: string;
  readonly received: Date;
  readonly sent: Date;
  /** In octets. */
  readonly size: number;
}

type Test = (searched: Searched) => boolean;

/** Properties whose texts a search may name: https://learn.microsoft.com/graph/search-query-parameter */
const textProperties: Readonly<Record<string, readonly string[]>> = {
  attachment: ['attachment'],
  bcc: ['bcc'],
  body: ['body'],
  category: ['category'],
  cc: ['cc'],
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
  kind: (value) => () => value === 'email',
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
  readonly kind: 'mark' | 'name' | 'text';
  readonly text: string;
  /** Whether a property is named: `:`, `>=` ... */
  readonly operator: string;
}

/**
 * Reads a `$search` in the Keyword Query Language: words and phrases that must all be found, joined by AND, OR, NOT and
 * parentheses, each perhaps in one property. Words are found by their beginnings.
 * @throws GraphError BadRequest
 */
export function parseSearch(search: string): Test {
  const [, quoted] = /^\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(search) ?? [];
  const clause = quoted?.replace(/\\(.)/g, '$1') ?? search;
  const parser = new SearchParser(tokensOf(clause));
  const test = parser.parse();
  if (!test) throw badRequest(`Syntax error: '${search}' is not a valid $search.`);
  return test;
}

class SearchParser {
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
    const [first, second] = [this.#tokens[this.#next], this.#tokens[this.#next + 1]];
    if (first?.kind === 'text') {
      this.#next++;
      return findsText(byDefault, first.text);
    }
    if (first?.kind !== 'name' || second?.kind !== 'text') return undefined;
    this.#next += 2;
    return ofProperty(first, second.text);
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
    else tokens.push({ kind: 'text', text: phrase ?? word ?? '', operator });
  }
  return tokens;
}

function ofProperty({ text: name, operator }: Token, value: string): Test {
  const lower = value.toLowerCase();
  if (Object.hasOwn(textProperties, name)) return findsText(textProperties[name] ?? [], lower);
  const read = Object.hasOwn(otherProperties, name) ? otherProperties[name] : undefined;
  if (!read) throw badRequest(`The property '${name}' cannot be searched.`);
  return read(operator === ':' || operator === '=' ? lower : operator + lower);
}

function findsText(fields: readonly string[], text: string): Test {
  const wanted = text.toLowerCase().replace(/\*$/, '');
  return ({ texts }) => fields.some((field) => (texts[field] ?? []).some((each) => hasBeginning(each, wanted)));
}

/** Whether a word begins there with what is wanted. */
function hasBeginning(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true;
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
  if (size === '') throw badRequest(`'${value}' is no size.`);
  const octets = Number(size);
  if (operator.startsWith('>')) return [operator === '>' ? octets + 1 : octets, Infinity];
  return operator === '' ? [octets, octets + 1] : [0, operator === '<' ? octets : octets + 1];
}
