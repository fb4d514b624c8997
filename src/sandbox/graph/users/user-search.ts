import { badRequest } from '../graph-error.js';

/** What a directory search may name. */
const searchable = new Set(['displayname', 'mail', 'userprincipalname', 'mailnickname', 'givenname', 'surname']);

/**
 * Reads a `$search` of users: clauses such as `"displayName:ann"`, joined by AND and OR.
 * https://learn.microsoft.com/graph/search-query-parameter#using-search-on-directory-object-collections
 * @throws GraphError BadRequest
 */
export function parseUserSearch(search: string): (record: Readonly<Record<string, unknown>>) => boolean {
  const alternatives = search.split(/\s+OR\s+/).map((part) => part.split(/\s+AND\s+/).map(readClause));
  return (record) => {
    const byLowerCase = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
    const holds = ({ name, words }: Clause) => {
      const found = wordsOf(byLowerCase.get(name));
      return words.every((word) => found.some((each) => each.startsWith(word)));
    };
    return alternatives.some((clauses) => clauses.every(holds));
  };
}

interface Clause {
  readonly name: string;
  readonly words: readonly string[];
}

function readClause(text: string): Clause {
  const [, name = '', words = ''] = /^[\s(]*"([A-Za-z]+):([^"]*)"[\s)]*$/.exec(text) ?? [];
  if (!searchable.has(name.toLowerCase()))
    throw badRequest(`Unrecognized search clause '${text.trim()}': '"property:value"' is wanted.`);
  return { name: name.toLowerCase(), words: wordsOf(words) };
}

/** Texts are found by the beginnings of their words. */
function wordsOf(value: unknown): string[] {
  return typeof value === 'string'
    ? value
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
    : [];
}
