import { badRequest } from '../graph-error.js';

/** A piece of a `$filter` expression. */
export interface FilterToken {
  readonly kind: 'path' | 'string' | 'number' | 'date' | 'mark' | 'end';
  readonly text: string;
  readonly position: number;
}

/** The kinds of tokens in the order in which they are tried (OData 4.01, ABNF). */
const pattern =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<date>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)|(?<number>-?\d+(?:\.\d+)?)|(?<path>[A-Za-z_]\w*(?:[/.][A-Za-z_]\w*)*)|(?<mark>[(),:]))/y;

/** @throws GraphError BadRequest */
export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  const end = text.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const position = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (!groups) throw syntaxError(text, position);
    const [kind, found = ''] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    tokens.push({ kind: kind as FilterToken['kind'], text: found, position });
  }
  return [...tokens, { kind: 'end', text: '', position: end }];
}

export function syntaxError(text: string, position: number) {
  return badRequest(`Invalid filter clause: Syntax error at position ${position} in '${text}'.`);
}
