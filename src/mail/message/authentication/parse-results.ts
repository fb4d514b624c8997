import type { AuthenticationResult } from './authentication.js';

/** One `Authentication-Results` field. */
export interface RecordedResults {
  /** The authserv-id, in lower case; empty where there is none, as Exchange Online writes it. */
  readonly server: string;
  readonly results: readonly AuthenticationResult[];
}

/** Characters of a field, and results in it, that are read. */
const longestField = 16_384;
const mostResults = 100;

/** A property, or a method with its result. Its lengths are bounded, so that the time is. */
const pair = /([\w./-]{1,80})\s{0,20}=\s{0,20}("(?:[^"\\]|\\.){0,1000}"|[^\s"]{1,1000})/g;

/** Reads a field (RFC 8601 section 2.2), or Exchange's own form of it. */
export function parseResults(value: string): RecordedResults {
  const [first = '', ...rest] = splitField(value.slice(0, longestField));
  const isNamed = !first.includes('=');
  const results = (isNamed ? rest : [first, ...rest]).slice(0, mostResults).flatMap(readResult);
  // A version may follow the name.
  return { server: isNamed ? unquoted(first.trim().split(/\s/)[0] ?? '').toLowerCase() : '', results };
}

function readResult(text: string): AuthenticationResult[] {
  const [head, ...others] = Array.from(text.matchAll(pair), ([, name = '', value = '']) => ({
    name: name.toLowerCase(),
    value: unquoted(value),
  }));
  if (!head) return [];
  return [
    {
      method: head.name.replace(/\/.*$/, ''),
      result: head.value.toLowerCase(),
      reason: others.find(({ name }) => name === 'reason')?.value ?? '',
      properties: Object.fromEntries(
        others.filter(({ name }) => name !== 'reason').map(({ name, value }) => [name, value]),
      ),
    },
  ];
}

/** At semicolons that stand in no quotes; without comments, which may be nested (RFC 5322 section 3.2.2). */
function splitField(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    const isEscape = character === '\\' && (isQuoted || depth > 0);
    const taken = isEscape ? text.slice(at, ++at + 1) : character;
    if (character === '"' && depth === 0) isQuoted = !isQuoted;
    if (character === '(' && !isQuoted) depth++;
    if (character === ';' && !isQuoted && depth === 0) parts.push('');
    else if (depth === 0) parts[parts.length - 1] += taken;
    if (character === ')' && depth > 0) depth--;
  }
  return parts;
}

function unquoted(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1]?.replace(/\\(.)/g, '$1') ?? text;
}
