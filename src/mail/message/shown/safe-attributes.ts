import type { OwnAddress } from './own-address.js';
import { safeLink } from './safe-link.js';
import type { WriteStyles } from './safe-styles.js';

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

export interface AttributeContext {
  readonly own: OwnAddress;
  /** Where the mail says that relative addresses begin. */
  readonly base: string | undefined;
  readonly writeStyles: WriteStyles;
}

/** They run something, send something, load something of their own, or take the reader somewhere unasked. */
const unsafe =
  /^(?:on.*|action|attributionsrc|autofocus|crossorigin|download|formaction|formmethod|formtarget|http-equiv|integrity|loading|manifest|method|nonce|ping|rel|shadowroot.*|srcdoc|target)$/;

/** Their values are loaded by the browser. */
const sources = new Set(['background', 'data', 'dynsrc', 'href', 'lowsrc', 'poster', 'src', 'xlink:href']);

/** What a mail may say of itself; another referrer policy, say, it may not. */
const namesOfMeta = new Set(['color-scheme', 'supported-color-schemes', 'viewport']);

/** An element's attributes as they are shown; none where the element is left out for them. */
export function safeAttributes(
  element: string,
  attributes: readonly Attribute[],
  context: AttributeContext,
): Attribute[] | undefined {
  const of = (wanted: string): string =>
    attributes
      .find(({ name }) => name === wanted)
      ?.value.trim()
      .toLowerCase() ?? '';
  if (element === 'meta' && !namesOfMeta.has(of('name'))) return undefined;
  if (element === 'link' && !of('rel').split(/\s+/).includes('stylesheet')) return undefined;
  // What animates a link's address changes it after it was looked at.
  if (/^(?:animate|set)$/.test(element) && of('attributename').endsWith('href')) return undefined;
  const safe = attributes.flatMap(({ name, value }) => {
    const mapped = mapAttribute(element, { name, value }, context);
    return mapped === undefined ? [] : [{ name, value: mapped }];
  });
  if (element === 'link') safe.push({ name: 'rel', value: 'stylesheet' });
  if (element === 'form') safe.push(sentNowhere);
  if (isLink(element) && !/^(?:_self|_parent|_top|)$/.test(of('target'))) safe.push(...inOwnWindow);
  return safe;
}

function mapAttribute(element: string, { name, value }: Attribute, context: AttributeContext): string | undefined {
  const { own, base, writeStyles } = context;
  const map = (reference: string): string | undefined => own.of(reference, base);
  // Document.querySelector and its like would be the named image or form.
  if (unsafe.test(name) || (name === 'name' && /^(?:form|img|image)$/.test(element))) return undefined;
  if (name === 'srcset') return mapSourceSet(value, map);
  if (isLink(element) && /^(?:xlink:)?href$/.test(name)) return safeLink(value, base);
  if (sources.has(name)) return map(value);
  return name === 'style' || /url\(/i.test(value) ? writeStyles(value, map) : value;
}

function isLink(element: string): boolean {
  return element === 'a' || element === 'area';
}

/** What a form without a dialog around it does with it: nothing. */
const sentNowhere: Attribute = { name: 'method', value: 'dialog' };

/** A link that opens a window of its own gives that one no hold on this. */
const inOwnWindow: readonly Attribute[] = [
  { name: 'target', value: '_blank' },
  { name: 'rel', value: 'noopener' },
];

/** Each candidate is an address and a descriptor after it; only an address may hold commas. */
function mapSourceSet(value: string, map: (reference: string) => string | undefined): string {
  const candidates = value.matchAll(/([^\s,]\S*?)(?:,(?=\s|$)|\s+([^,]*)(?:,|$)|$)/g);
  return Array.from(candidates, ([, reference = '', descriptor = '']) =>
    `${map(reference) ?? ''} ${descriptor.trim()}`.trim(),
  ).join(', ');
}
