import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * The links of a folder's pages that lead to no file, or to no heading of a page; those to the web are not followed.
 * @param {string} folder
 * @returns {string[]} the page, and what it links to
 */
export function brokenLinks(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name));
  return pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${relative(folder, page)}: ${link}`),
  );
}

/**
 * @param {string} page
 * @param {string} link
 */
function leadsSomewhere(page, link) {
  const [path = '', heading] = link.split('#');
  const file = path === '' ? page : join(dirname(page), decodeURI(path));
  if (!existsSync(file)) return false;
  return heading === undefined || (file.endsWith('.md') && anchorsOf(file).includes(heading));
}

/** @param {string} page */
function linksOf(page) {
  const links = [
    ...proseOf(page)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g),
  ];
  return links.map(([, markdown, html]) => markdown ?? html ?? '').filter((link) => !/^(https?|mailto):/.test(link));
}

/**
 * The anchors that a page's headings get, as GitHub and npm make them.
 * @param {string} page
 */
function anchorsOf(page) {
  /** @type {Map<string, number>} */
  const times = new Map();
  return [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim();
    const anchor = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const time = times.get(anchor) ?? 0;
    times.set(anchor, time + 1);
    return time === 0 ? anchor : `${anchor}-${time}`;
  });
}

/**
 * A page without its code.
 * @param {string} page
 */
function proseOf(page) {
  return readFileSync(page, 'utf8').replaceAll(/^([ \t]*)```\w*\n[\s\S]*?^\1```$/gm, '');
}
