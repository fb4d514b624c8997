import { EwsError, schemaViolation } from '../ews-error.js';
import { compareValues, readConstant, type Value } from '../../message/value.js';
import { childElements, find, type XmlElement } from '../xml.js';

/** Finds out how to read what a path (FieldURI, ExtendedFieldURI, IndexedFieldURI) names. */
export type ResolvePath<T> = (path: XmlElement) => (subject: T) => Value | Promise<Value>;

export type Predicate<T> = (subject: T) => Promise<boolean>;

/**
 * Compiles a search expression, such as the one child of a Restriction.
 *
 * @throws EwsError where Exchange knows no such expression
 */
export function compile<T>(expression: XmlElement, resolve: ResolvePath<T>): Predicate<T> {
  if (countOf(expression) > maxElements) throw new EwsError('ErrorRestrictionTooComplex');
  return compilePart(expression, resolve);
}

/** Those that a condition is true of, in their order. */
export async function filter<T>(subjects: Iterable<T>, accepts: Predicate<T>): Promise<T[]> {
  const matches: T[] = [];
  for (const subject of subjects) if (await accepts(subject)) matches.push(subject);
  return matches;
}

function compilePart<T>(expression: XmlElement, resolve: ResolvePath<T>): Predicate<T> {
  const { name } = expression;
  if (name === 'And' || name === 'Or' || name === 'Not') return combine(name, operands(expression, resolve));
  const path = childElements(expression).find((child) => paths.has(child.name));
  if (!path) throw new EwsError('ErrorInvalidRestriction');
  const read = resolve(path);
  if (name === 'Exists') return async (subject) => (await read(subject)) !== undefined;
  if (name === 'Contains') return contains(expression, read);
  if (name === 'Excludes') return excludes(expression, read);
  const accepts = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (!accepts) throw new EwsError('ErrorInvalidRestriction');
  return compare(expression, { read, accepts, resolve });
}

/** Exchange's own. */
const maxElements = 255;

/** How many conditions there are in one. */
function countOf(expression: XmlElement): number {
  const parts = childElements(expression).filter(({ name }) => !paths.has(name) && !ends.has(name));
  return 1 + parts.reduce((sum, part) => sum + countOf(part), 0);
}

const ends = new Set(['FieldURIOrConstant', 'Constant', 'Bitmask']);

const paths = new Set(['FieldURI', 'ExtendedFieldURI', 'IndexedFieldURI']);

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  IsEqualTo: (order) => order === 0,
  IsNotEqualTo: (order) => order !== 0,
  IsGreaterThan: (order) => order > 0,
  IsGreaterThanOrEqualTo: (order) => order >= 0,
  IsLessThan: (order) => order < 0,
  IsLessThanOrEqualTo: (order) => order <= 0,
};

function operands<T>(expression: XmlElement, resolve: ResolvePath<T>): Predicate<T>[] {
  const children = childElements(expression);
  if (children.length === 0) throw schemaViolation(`The element '${expression.name}' has incomplete content.`);
  return children.map((child) => compilePart(child, resolve));
}

function combine<T>(name: 'And' | 'Or' | 'Not', parts: readonly Predicate<T>[]): Predicate<T> {
  if (name === 'Not') return async (subject) => !(await parts[0]!(subject));
  const decisive = name === 'Or';
  return async (subject) => {
    for (const part of parts) if ((await part(subject)) === decisive) return decisive;
    return !decisive;
  };
}

interface Comparison<T> {
  readonly read: ReturnType<ResolvePath<T>>;
  readonly accepts: (order: number) => boolean;
  readonly resolve: ResolvePath<T>;
}

function compare<T>(expression: XmlElement, { read, accepts, resolve }: Comparison<T>): Predicate<T> {
  const operand = childElements(find(expression, 'FieldURIOrConstant'))[0];
  if (!operand) throw schemaViolation("The element 'FieldURIOrConstant' has incomplete content.");
  const constant = operand.name === 'Constant' ? (operand.attributes['Value'] ?? '') : undefined;
  const other = constant === undefined ? resolve(operand) : undefined;
  return async (subject) => {
    const value = await read(subject);
    const right = other ? await other(subject) : readConstant(constant!, value);
    if (Number.isNaN(right instanceof Date ? right.getTime() : right))
      throw new EwsError('ErrorInvalidValueForProperty');
    // What is not there is neither more nor less than anything.
    if (value === undefined || right === undefined) return expression.name === 'IsNotEqualTo' && value !== right;
    if (Array.isArray(value)) return value.some((member: string) => accepts(compareValues(member, right)));
    return accepts(compareValues(value, right));
  };
}

function contains<T>(expression: XmlElement, read: ReturnType<ResolvePath<T>>): Predicate<T> {
  const { ContainmentMode = 'FullString', ContainmentComparison = 'Exact' } = expression.attributes;
  const fold = folding(ContainmentComparison);
  const wanted = fold(find(expression, 'Constant')?.attributes['Value'] ?? '');
  const matches = Object.hasOwn(containments, ContainmentMode) ? containments[ContainmentMode] : undefined;
  if (!comparisonsOfTexts.has(ContainmentComparison))
    throw schemaViolation("The 'ContainmentComparison' attribute is invalid.");
  if (!matches) throw schemaViolation("The 'ContainmentMode' attribute is invalid.");
  return async (subject) => {
    const value = await read(subject);
    const texts = value === undefined ? [] : [value].flat();
    return texts.some((text) => matches(fold(String(text)), wanted));
  };
}

const containments: Readonly<Record<string, (text: string, wanted: string) => boolean>> = {
  FullString: (text, wanted) => text === wanted,
  Prefixed: (text, wanted) => text.startsWith(wanted),
  Substring: (text, wanted) => text.includes(wanted),
  PrefixOnWords: (text, wanted) => ` ${text}`.includes(` ${wanted}`),
  ExactPhrase: (text, wanted) => ` ${text} `.includes(` ${wanted} `),
};

const comparisonsOfTexts = new Set(
  [
    'Exact IgnoreCase IgnoreNonSpacingCharacters Loose IgnoreCaseAndNonSpacingCharacters LooseAndIgnoreCase',
    'LooseAndIgnoreNonSpace LooseAndIgnoreCaseAndIgnoreNonSpace',
  ].flatMap((line) => line.split(' ')),
);

function folding(comparison: string): (text: string) => string {
  const ignoresCase = /Loose|IgnoreCase/.test(comparison);
  const ignoresMarks = /NonSpac/.test(comparison);
  return (text) => {
    const unmarked = ignoresMarks ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
    return ignoresCase ? unmarked.toLowerCase() : unmarked;
  };
}

/** True where none of the bits of a mask is set. */
function excludes<T>(expression: XmlElement, read: ReturnType<ResolvePath<T>>): Predicate<T> {
  const mask = Number(find(expression, 'Bitmask')?.attributes['Value'] ?? Number.NaN);
  if (!Number.isInteger(mask)) throw schemaViolation("The 'Bitmask' is not valid.");
  return async (subject) => (Number((await read(subject)) ?? 0) & mask) === 0;
}
