import type { LinkifyIt } from 'linkify-it';

/** An address that stands in a text and that a mail client makes a link of. */
export interface BareAddress {
  readonly start: number;
  readonly end: number;
  readonly href: string;
}

/** Finds the addresses that stand in a text. */
export type FindBareAddresses = (text: string) => BareAddress[];

/** No address is longer than this; the library would cut a longer one off. */
const maximalLength = 1_000_000;
const schemed = /(?<![a-z0-9])[a-z][a-z0-9+.-]{0,30}:\/\//gi;
const marks = new Set(['*', '_', '~', '`']);

export async function loadBareAddresses(): Promise<FindBareAddresses> {
  const { LinkifyIt: Linkify, REBuilder } = await import('linkify-it');
  /** As a browser does, takes any host behind `http://`: `app_1` of a container network is one too. */
  class AnyHost extends REBuilder {
    override get_url_host_port(): RegExp {
      const letter = this.get_pseudo_letter().source;
      return new RegExp(
        `(?:${this.get_ipv6_url_host().source}|(?:${letter}|[-_.%]){0,254}${letter})${this.get_port().source}`,
      );
    }
  }
  const linkify = new Linkify({
    rebuilder: new AnyHost(),
    fuzzyLink: true,
    fuzzyEmail: false,
    urlAuth: true,
    maxLength: maximalLength,
  }).add('//', null);
  return (text) => findBareAddresses(text, linkify);
}

function findBareAddresses(text: string, linkify: LinkifyIt): BareAddress[] {
  const found = findWithScheme(text, linkify);
  const others = (linkify.match(without(found, text)) ?? [])
    .filter(({ schema, raw }) => schema === 'mailto:' || /^www\.|\//i.test(raw))
    .map(({ index, lastIndex, url }) => ({ start: index, end: lastIndex, href: url }));
  return [...found, ...others].toSorted((one, other) => one.start - other.start);
}

/** With a scheme, of an application too, and wherever it begins: Chinese and Japanese leave no space before it. */
function findWithScheme(text: string, linkify: LinkifyIt): BareAddress[] {
  const found: BareAddress[] = [];
  for (const { 0: match, index } of text.matchAll(schemed)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const start = index + Math.max(0, match.search(/(?<=[.+-])https?:\/\/$/i));
    const end = endOf(text, start, index + match.length - '//'.length, linkify);
    if (end > 0) found.push({ start, end, href: text.slice(start, end) });
  }
  return found;
}

/** Where the address ends whose `//` is given; 0 where nothing follows that is one. */
function endOf(text: string, start: number, slashes: number, linkify: LinkifyIt): number {
  const host = text.startsWith('///', slashes) ? slashes + 1 : slashes;
  const length = linkify.testSchemaAt(text, 'http:', host);
  let end = length > 0 ? host + length : 0;
  for (let before = start - 1; end > 0 && marks.has(text[before] ?? '') && text[before] === text[end - 1]; before--)
    end--;
  return end;
}

/** The text with blanks where something was found. */
function without(found: readonly BareAddress[], text: string): string {
  let at = 0;
  const kept = found.map(({ start, end }) => {
    const before = text.slice(at, start);
    at = end;
    return before + ' '.repeat(end - start);
  });
  return kept.join('') + text.slice(at);
}
