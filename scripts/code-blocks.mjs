import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './command.mjs';

/**
 * @typedef {object} CodeBlock
 * @property {string} page the page's path in the repository
 * @property {number} line where the code begins
 * @property {string} language what stands behind the fence
 * @property {string} code without the indent of the fence
 */

/** The pages that users read. */
export function pages() {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', ...inDocs.filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
}

/**
 * The fenced code blocks of a page.
 * @param {string} page
 * @returns {CodeBlock[]}
 */
export function codeBlocks(page) {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^([ \t]*)```(\w+)\n([\s\S]*?)^\1```$/gm)].map((match) => {
    const [, indent = '', language = '', code = ''] = match;
    const line = text.slice(0, match.index).split('\n').length + 1;
    return { page, line, language, code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}
