import { badRequest } from '../graph-error.js';

/** What is to be expanded, with the options that stand in parentheses behind it. */
export interface Expansion {
  readonly name: string;
  /** By their name in lower case: `$filter`. */
  readonly options: ReadonlyMap<string, string>;
}

/** Takes an `$expand` apart: `attachments($select=id),singleValueExtendedProperties($filter=...)`. */
export function parseExpand(text: string): Expansion[] {
  return split(text, ',').map((part) => {
    const [, name, inner = ''] = /^\s*([\w./]+)\s*(?:\((.*)\))?\s*$/s.exec(part) ?? [];
    if (name === undefined) throw badRequest(`Invalid expand clause: '${part.trim()}'.`);
    const options = split(inner, ';').map((option): [string, string] => {
      const [key = '', ...value] = option.split('=');
      return [key.trim().toLowerCase(), value.join('=')];
    });
    return { name, options: new Map(options) };
  });
}

/** Splits at a mark that stands neither in quotes nor in parentheses. */
function split(text: string, mark: string): string[] {
  const parts: string[] = [];
  let [depth, start, isQuoted] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "'") isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character !== mark || depth > 0) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  return [...parts, text.slice(start)].filter((part) => part.trim() !== '');
}
