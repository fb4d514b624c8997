import { extendedName, readPropertyId, type ExtendedProperty } from '../messages/extended-properties.js';
import { badRequest, GraphError } from '../graph-error.js';
import { checkProperty, comparable, rootOf, valueAt, type EdmResource, type EdmType } from './edm.js';
import { filterTokens, syntaxError, type FilterToken } from './filter-tokens.js';

/** A `$filter`, ready to be asked. */
export interface Filter {
  /** The paths it names, in their order. */
  readonly paths: readonly string[];
  /** The properties of MAPI that it names: those of a record stand in its `singleValueExtendedProperties`. */
  readonly extended: readonly ExtendedProperty[];
  /** Whether a record that has the properties in {@link paths} passes. */
  accepts(record: unknown): boolean;
}

/**
 * Compiles a `$filter` (OData 4.01, part 2, section 5.1.1), and refuses what Exchange cannot filter by.
 * @throws GraphError BadRequest, ErrorInvalidUrlQueryFilter
 */
export function parseFilter(text: string, resource: EdmResource): Filter {
  return new FilterParser(text, resource).parse();
}

type Test = (record: unknown) => boolean;
type Scalar = string | number | boolean | null;

const comparisons: Readonly<Record<string, (a: Scalar, b: Scalar) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a !== null && b !== null && a > b,
  ge: (a, b) => a !== null && b !== null && a >= b,
  lt: (a, b) => a !== null && b !== null && a < b,
  le: (a, b) => a !== null && b !== null && a <= b,
};

const functions: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  startswith: (a, b) => a.startsWith(b),
  contains: (a, b) => a.includes(b),
  endswith: (a, b) => a.endsWith(b),
};

const usualFunctions: ReadonlySet<string> = new Set(['startswith', 'contains']);

/** How deep expressions may be nested. */
const maxDepth = 100;

class FilterParser {
  readonly #text: string;
  readonly #resource: EdmResource;
  readonly #tokens: readonly FilterToken[];
  readonly #paths: string[] = [];
  readonly #extended: ExtendedProperty[] = [];
  #next = 0;
  #depth = 0;

  constructor(text: string, resource: EdmResource) {
    this.#text = text;
    this.#resource = resource;
    this.#tokens = filterTokens(text);
  }

  parse(): Filter {
    const accepts = this.#or();
    if (this.#token.kind !== 'end') throw this.#fault();
    return { paths: this.#paths, extended: this.#extended, accepts };
  }

  #or(): Test {
    let left = this.#and();
    while (this.#takeWord('or')) left = either(left, this.#and());
    return left;
  }

  #and(): Test {
    let left = this.#unary();
    while (this.#takeWord('and')) left = both(left, this.#unary());
    return left;
  }

  #unary(): Test {
    if (this.#takeWord('not')) return not(this.#within(() => this.#unary()));
    if (!this.#takeMark('(')) return this.#term();
    const inner = this.#within(() => this.#or());
    this.#wantMark(')');
    return inner;
  }

  /** Reads what is a level deeper. */
  #within(read: () => Test): Test {
    if (++this.#depth > maxDepth) throw badRequest('Recursion depth exceeded allowed limit.');
    const test = read();
    this.#depth--;
    return test;
  }

  #term(): Test {
    const { text } = this.#take('path');
    const [, collection] = /^(.+)\/any$/i.exec(text) ?? [];
    if (collection === extendedName) return this.#anyExtended();
    if (this.#isMark('(')) return collection === undefined ? this.#call(text) : this.#any(collection);
    const type = this.#typeOf(text);
    const operator = this.#take('path').text.toLowerCase();
    if (operator === 'in' && type !== 'strings') return this.#in(text, type);
    const compare = comparisons[operator];
    if (!compare || type === 'strings') throw this.#fault();
    const literal = this.#literal(type, operator);
    return (record) => compare(comparable(valueAt(record, text), type), literal);
  }

  #in(path: string, type: EdmType): Test {
    this.#wantMark('(');
    const literals = [this.#literal(type, 'in')];
    while (this.#takeMark(',')) literals.push(this.#literal(type, 'in'));
    this.#wantMark(')');
    return (record) => literals.includes(comparable(valueAt(record, path), type));
  }

  #call(name: string): Test {
    const wantedName = name.toLowerCase();
    const apply = (this.#resource.functions ?? usualFunctions).has(wantedName) ? functions[wantedName] : undefined;
    if (!apply) throw new GraphError(400, 'ErrorInvalidUrlQueryFilter');
    this.#wantMark('(');
    const path = this.#take('path').text;
    if (this.#typeOf(path) !== 'string') throw this.#incompatible('a text', name);
    this.#wantMark(',');
    const wanted = String(this.#literal('string', name));
    this.#wantMark(')');
    return (record) => apply(String(comparable(valueAt(record, path), 'string') ?? ''), wanted);
  }

  /** `categories/any(c:c eq 'Red')`, `emailAddresses/any(a:a/address eq '...')`: of all collections, only those of texts can be filtered by. */
  #any(path: string): Test {
    this.#wantMark('(');
    const variable = this.#take('path').text;
    this.#wantMark(':');
    const [name, ...inner] = this.#take('path').text.split('/');
    if (name !== variable) throw this.#fault();
    if (this.#typeOf([path, ...inner].join('/')) !== 'strings') throw new GraphError(400, 'ErrorInvalidUrlQueryFilter');
    const operator = this.#take('path').text.toLowerCase();
    const compare = comparisons[operator];
    if (!compare) throw this.#fault();
    const literal = this.#literal('string', operator);
    this.#wantMark(')');
    return (record) =>
      ((valueAt(record, path) as unknown[] | undefined) ?? []).some((each) =>
        compare(comparable(inner.length > 0 ? valueAt(each, inner.join('/')) : each, 'string'), literal),
      );
  }

  /**
   * `singleValueExtendedProperties/any(ep:ep/id eq 'Integer 0x0E23' and cast(ep/value, Edm.Int32) ge 7)`
   * https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get
   */
  #anyExtended(): Test {
    if (!this.#resource.isExtensible) throw new GraphError(400, 'ErrorInvalidUrlQueryFilter');
    this.#wantMark('(');
    const variable = this.#take('path').text;
    this.#wantMark(':');
    if (this.#take('path').text !== `${variable}/id` || !this.#takeWord('eq')) throw this.#fault();
    const property = readPropertyId(this.#take('string').text.slice(1, -1).replaceAll("''", "'"));
    this.#extended.push(property);
    const tests: ((value: string) => boolean)[] = [];
    while (this.#takeWord('and')) tests.push(this.#extendedTest(`${variable}/value`));
    this.#wantMark(')');
    return (record) =>
      ((valueAt(record, extendedName) as { readonly id: string; readonly value: string }[] | undefined) ?? []).some(
        ({ id, value }) => id === property.id && tests.every((passes) => passes(value)),
      );
  }

  #extendedTest(path: string): (value: string) => boolean {
    const isNumber = this.#takeWord('cast');
    if (isNumber) this.#wantMark('(');
    if (this.#take('path').text !== path) throw this.#fault();
    if (isNumber) {
      this.#wantMark(',');
      if (!/^Edm\.(?:Int16|Int32|Int64|Single|Double)$/.test(this.#take('path').text)) throw this.#fault();
      this.#wantMark(')');
    }
    const operator = this.#take('path').text.toLowerCase();
    const compare = comparisons[operator];
    if (!compare) throw this.#fault();
    const literal = this.#literal(isNumber ? 'number' : 'string', operator);
    return (value) => compare(isNumber ? Number(value) : value.toLowerCase(), literal);
  }

  #typeOf(path: string): EdmType {
    checkProperty(this.#resource, rootOf(path));
    const type = this.#resource.filterable.get(path);
    if (!type) throw new GraphError(400, 'ErrorInvalidUrlQueryFilter');
    this.#paths.push(path);
    return type;
  }

  #literal(type: EdmType, operator: string): Scalar {
    const { kind, text } = this.#token;
    this.#next++;
    if (kind === 'path' && text === 'null') return null;
    const isBoolean = kind === 'path' && (text === 'true' || text === 'false');
    const found: EdmType | undefined = isBoolean ? 'boolean' : kind === 'path' ? undefined : literalTypes[kind];
    if (!found) throw this.#fault(-1);
    if (found !== type) throw this.#incompatible(text, operator);
    if (isBoolean) return text === 'true';
    if (kind === 'number') return Number(text);
    return comparable(kind === 'string' ? text.slice(1, -1).replaceAll("''", "'") : text, type);
  }

  get #token(): FilterToken {
    return this.#tokens[this.#next] ?? this.#tokens.at(-1)!;
  }

  #take(kind: FilterToken['kind']): FilterToken {
    const token = this.#token;
    if (token.kind !== kind) throw this.#fault();
    this.#next++;
    return token;
  }

  #takeWord(word: string): boolean {
    const { kind, text } = this.#token;
    const isIt = kind === 'path' && text.toLowerCase() === word;
    if (isIt) this.#next++;
    return isIt;
  }

  #isMark(mark: string): boolean {
    return this.#token.kind === 'mark' && this.#token.text === mark;
  }

  #takeMark(mark: string): boolean {
    const isIt = this.#isMark(mark);
    if (isIt) this.#next++;
    return isIt;
  }

  #wantMark(mark: string): void {
    if (!this.#takeMark(mark)) throw this.#fault();
  }

  #fault(offset = 0): GraphError {
    return syntaxError(this.#text, this.#tokens[this.#next + offset]?.position ?? this.#text.length);
  }

  /** A time in quotes is a text, and no time: a mistake that is often made. */
  #incompatible(found: string, operator: string): GraphError {
    return badRequest(`A binary operator with incompatible types was detected: ${found} for operator '${operator}'.`);
  }
}

const literalTypes: Readonly<Partial<Record<FilterToken['kind'], EdmType>>> = {
  string: 'string',
  number: 'number',
  date: 'date',
};

function both(left: Test, right: Test): Test {
  return (record) => left(record) && right(record);
}

function either(left: Test, right: Test): Test {
  return (record) => left(record) || right(record);
}

function not(test: Test): Test {
  return (record) => !test(record);
}
