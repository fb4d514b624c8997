import { SaxesParser } from '../../vendor/saxes.js';
import { ExchangeError } from '../../errors.js';

/** An element of an answer, its prefix taken off: EWS uses no local name twice. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly in it, untrimmed. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

/** More than any answer has, and little enough to be held: a thousand items with fifty recipients each. */
const maxNodes = 500_000;
const maxDepth = 100;

/**
 * Reads a SOAP document into a tree.
 *
 * @throws PROTOCOL where the document breaks off, has a document type (SOAP 1.1 section 3 forbids it), or is made
 *   to exhaust its reader
 */
export function parseXml(document: string): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new ForgivingParser();
  let nodes = 0;
  parser.on('doctype', () => refuse('it has a document type, which SOAP forbids'));
  parser.on('attribute', () => {
    if (++nodes > maxNodes) refuse(`it has more than ${maxNodes} elements and attributes`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++nodes > maxNodes) refuse(`it has more than ${maxNodes} elements and attributes`);
    if (open.length > maxDepth) refuse(`its elements are nested more than ${maxDepth} deep`);
    const element = { name: localName(name), attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const append = (text: string): void => void ((open.at(-1) ?? root).text += text);
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => void open.pop());
  for (const { markup, base64 } of pieces(document)) {
    parser.write(markup);
    append(base64);
  }
  const [top] = root.children;
  if (!top || open.length !== 1) refuse('it breaks off');
  return top;
}

/** Exchange passes on control characters that somebody wrote into a subject, which no XML may hold. */
class ForgivingParser extends SaxesParser {
  /** An error is not even made: a hostile answer has a million. */
  override fail(): this {
    return this;
  }
}

function refuse(problem: string): never {
  throw new ExchangeError('PROTOCOL', `the answer could not be read: ${problem}`);
}

/** Sets the base64 of MIME contents apart: it may be megabytes, and needs no parser. */
function* pieces(document: string): Generator<{ markup: string; base64: string }> {
  const tag = /<(?:[\w.-]+:)?MimeContent\b[^<>]*>/g;
  let from = 0;
  for (let match = tag.exec(document); match; match = tag.exec(document)) {
    const end = document.indexOf('<', tag.lastIndex);
    if (end < 0) break;
    yield { markup: document.slice(from, tag.lastIndex), base64: document.slice(tag.lastIndex, end) };
    tag.lastIndex = from = end;
  }
  yield { markup: document.slice(from), base64: '' };
}

/** The element at the end of a path of names; the first one, where there are several. */
export function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

/** The text at the end of a path; nothing where there is no such element. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return find(element, ...path)?.text;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
