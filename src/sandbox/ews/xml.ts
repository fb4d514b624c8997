import { SaxesParser } from 'saxes';

/** An element of a parsed document. Names are local ones; the prefix a client chose has no meaning. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** An element to be written, its name with the prefix. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly content: readonly XmlContent[];
}

export type XmlContent = XmlNode | string | number | boolean | undefined | readonly XmlContent[];

/** More than any request has, and little enough to be held. */
const maxNodes = 500_000;
const maxDepth = 100;
const maxAttributes = 100;

/** @throws Error that names line and column, where the text is not well-formed, or is made to exhaust its reader */
export function parseXml(text: string): XmlElement {
  const document: (XmlElement | string)[] = [];
  const open = [document];
  const parser = new SaxesParser({ xmlns: true });
  let nodes = 0;
  let attributesOfTag = 0;
  parser.on('attribute', () => {
    if (++attributesOfTag > maxAttributes) parser.fail(`a tag has more than ${maxAttributes} attributes.`);
  });
  parser.on('opentagstart', () => {
    attributesOfTag = 0;
    if (++nodes > maxNodes) parser.fail(`there are more than ${maxNodes} elements.`);
    if (open.length > maxDepth) parser.fail(`elements are nested more than ${maxDepth} deep.`);
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const children: (XmlElement | string)[] = [];
    const plain = Object.values(attributes).filter((attribute) => attribute.uri === '');
    const values = Object.fromEntries(plain.map((attribute) => [attribute.local, attribute.value]));
    open.at(-1)!.push({ name: local, namespace: uri, attributes: values, children });
    open.push(children);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (value) => open.at(-1)!.push(value));
  parser.on('cdata', (value) => open.at(-1)!.push(value));
  parser.write(text).close();
  return childElements({ children: document })[0]!;
}

export function childElements(parent: Pick<XmlElement, 'children'> | undefined): XmlElement[] {
  return parent?.children.filter((child) => typeof child !== 'string') ?? [];
}

/** The first descendant along a path of names. */
export function find(parent: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let element = parent;
  for (const name of path) element = childElements(element).find((child) => child.name === name);
  return element;
}

/** An element's own text, untrimmed; nothing where there is no element. */
export function textOf(element: XmlElement): string;
export function textOf(element: XmlElement | undefined): string | undefined;
export function textOf(element: XmlElement | undefined): string | undefined {
  return element?.children.filter((child) => typeof child === 'string').join('');
}

/** Of a boolean as XML Schema writes them. */
export function isTrue(text: string | undefined): boolean {
  return /^\s*(?:true|1)\s*$/.test(text ?? '');
}

export function xml(name: string, attributes: XmlNode['attributes'], ...content: XmlContent[]): XmlNode {
  return { name, attributes, content };
}

export function writeXml(content: XmlContent): string {
  if (content === undefined) return '';
  if (isList(content)) return content.map(writeXml).join('');
  if (typeof content !== 'object') return escapeXml(String(content));
  const attributes = Object.entries(content.attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`))
    .join('');
  const inner = content.content.map(writeXml).join('');
  return inner ? `<${content.name}${attributes}>${inner}</${content.name}>` : `<${content.name}${attributes}/>`;
}

/** What can't stand in XML as it is. */
const special = /[&<>"\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;

/** Escapes markup, keeps carriage returns, and leaves out what XML 1.0 forbids. Base64 may be megabytes, and needs nothing. */
function escapeXml(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Whether what is to be written is one element. */
export function isNode(content: XmlContent): content is XmlNode {
  return typeof content === 'object' && !isList(content);
}

function isList(content: XmlContent): content is readonly XmlContent[] {
  return Array.isArray(content);
}

/** An element of the types' namespace that a client sent, to be written again as it came. */
export function copyOf({ name, attributes, children }: XmlElement): XmlNode {
  return xml(`t:${name}`, attributes, ...children.map((child) => (typeof child === 'string' ? child : copyOf(child))));
}
