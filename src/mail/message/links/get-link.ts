import { contentError } from '../content-error.js';
import { describePattern, type TextPattern } from '../text-pattern.js';
import { countTargets, describeLink, leadsToPage, matchesLink, type Link } from './link.js';

/** The one link that matches; without a pattern, the only one to a page. @throws MESSAGE_CONTENT */
export function getLink(subject: string, links: readonly Link[], pattern: TextPattern | undefined): Link {
  const matching = links.filter((link) => matchesLink(link, pattern));
  const pages = pattern === undefined ? matching.filter(leadsToPage) : [];
  const candidates = pages.length > 0 ? pages : matching;
  const [link] = candidates;
  if (link && countTargets(candidates) === 1) return link;
  const wanted = pattern === undefined ? 'one link' : `one link ${describePattern(pattern)}`;
  const found = link ? `${candidates.length} that lead to different places` : 'none';
  throw contentError(subject, { wanted, found, details: (link ? candidates : links).map(describeLink) });
}
