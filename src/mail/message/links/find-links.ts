import type { HtmlReading } from '../reading/read-html.js';
import type { Run } from '../reading/run.js';
import { resolveAddress } from './address.js';
import type { FindBareAddresses } from './bare-addresses.js';
import { cleanText } from '../text-pattern.js';
import type { Link } from './link.js';
import { unwrapAddress } from './unwrap.js';

/** The links of an HTML body in their order: those it marks, and the addresses that stand in its text. */
export function findHtmlLinks({ runs, anchors, base }: HtmlReading, find: FindBareAddresses): Link[] {
  const { text, offsets } = textOutsideAnchors(runs);
  const marked = anchors.map(({ anchor, runsBefore }) => ({
    start: offsets[runsBefore] ?? text.length,
    href: anchor.href,
    text: cleanText(anchor.text) || cleanText(anchor.label),
  }));
  const bare = find(text).map(({ start, end, href }) => ({ start, href, text: text.slice(start, end) }));
  return [...marked, ...bare]
    .toSorted((one, other) => one.start - other.start)
    .flatMap(({ href, text: read }) => toLink(href, read, base));
}

/** The links of a plain text. */
export function findTextLinks(text: string, find: FindBareAddresses): Link[] {
  const unfolded = withoutMarks(text).replace(bracketed, (address) => address.replace(/\s+/g, ''));
  return find(unfolded).flatMap(({ start, end, href }) => toLink(href, unfolded.slice(start, end), undefined));
}

/** RFC 3986, appendix C: a line break within an address in angle brackets is none of it. */
const bracketed = /<https?:\/\/[^<>\s]{1,2000}(?:\r?\n[^<>\s]{1,2000}){1,40}>/gi;

/** Marks for the direction of a text, and for where it may break, are beside an address or in it, but none of it. */
function withoutMarks(text: string): string {
  return text.replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '');
}

function toLink(href: string, text: string, base: string | undefined): Link[] {
  const address = resolveAddress(href, base);
  if (address === undefined) return [];
  const unwrapped = unwrapAddress(address);
  return [unwrapped === address ? { href: address, text } : { href: unwrapped, text, wrapped: address }];
}

/** A blank where a link stands; for each run, where in the text it begins. */
function textOutsideAnchors(runs: readonly Run[]): { text: string; offsets: number[] } {
  const parts: string[] = [];
  const offsets: number[] = [];
  let length = 0;
  for (const run of runs) {
    const part = run.anchor ? ' ' : withoutMarks(run.text);
    offsets.push(length);
    parts.push(part);
    length += part.length;
  }
  return { text: parts.join(''), offsets };
}
