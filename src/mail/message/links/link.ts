import { matchesText, type TextPattern } from '../text-pattern.js';

/** A link of a message. */
export interface Link {
  /** Where it leads. A relative address is resolved, a wrapper of a mail scanner undone; else it is as written. */
  readonly href: string;
  /** What is to be read at it, white space folded: its text and its images' alternative texts, or its `aria-label`. */
  readonly text: string;
  /** The address as it stands in the mail, where a mail scanner (such as Safe Links) wrapped `href` in one of its own. */
  readonly wrapped?: string;
}

/** Whether a link's address or text is like a pattern; every link is, where there is none. */
export function matchesLink({ href, text }: Link, pattern: TextPattern | undefined): boolean {
  return pattern === undefined || matchesText(href, pattern) || matchesText(text, pattern);
}

/** Whether a browser has a page to show there, or an application of its own. */
export function leadsToPage({ href }: Link): boolean {
  return !/^(?:mailto|tel|sms|callto):/i.test(href);
}

/** How many places links lead to, however their addresses are written. */
export function countTargets(links: readonly Link[]): number {
  return new Set(links.map(({ href }) => (URL.canParse(href) ? new URL(href).href : href))).size;
}

/** Without what is secret in it: the query and the fragment, where tokens are. */
export function describeLink({ href, text }: Link): string {
  return `${JSON.stringify(text)} leads to ${href.replace(/[?#].*$/s, '?...')}`;
}
