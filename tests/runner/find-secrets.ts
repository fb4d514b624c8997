import type { Written } from './read-written.js';

/** A secret's name and its text. */
export type Secret = readonly [name: string, text: string];

/** Where a secret, or a part of one, stands in what was written, plain or encoded: `client_secret in report.json`. */
export function findSecrets(written: readonly Written[], secrets: Iterable<Secret>): string[] {
  const wanted = [...secrets].map(([name, text]) => ({ name, forms: [...new Set(formsOf(text))] }));
  return written.flatMap(({ where, content }) => {
    const found = wanted.filter(({ forms }) => forms.some((form) => content.includes(form)));
    return [...new Set(found.map(({ name }) => `${name} in ${where}`))];
  });
}

function formsOf(text: string): string[] {
  return [...endsOf(longestPlainRun(text)), ...endsOf(text).flatMap(encoded)];
}

/** JSON, URLs, HTML and what escapes these again leave letters and digits as they are. */
function longestPlainRun(text: string): string {
  return text.split(/[^\w.~-]+/).toSorted((a, b) => b.length - a.length)[0]!;
}

/** It may have been cut off. */
function endsOf(text: string): string[] {
  return [text.slice(0, 24), text.slice(-24)];
}

function encoded(text: string): string[] {
  const octets = [...Buffer.from(text)].map((octet) => octet.toString(16).padStart(2, '0'));
  return [octets.join(''), octets.join(' '), ...[0, 1, 2].flatMap((offset) => base64Of(text, offset))];
}

/** Base64 of a text within another one: the characters that depend on nothing else, by the octets before it. */
function base64Of(text: string, offset: number): string[] {
  const octets = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor((octets.length * 8) / 6)];
  return [octets.toString('base64').slice(from, to), octets.toString('base64url').slice(from, to)];
}
