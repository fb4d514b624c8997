import { parseKeywordQuery } from '../../search/keyword-query.js';
import { QueryError } from '../../search/query-error.js';
import { badRequest } from '../graph-error.js';

/** Reads a `$search`, in quotation marks or without. @throws GraphError BadRequest */
export function parseSearch(search: string): ReturnType<typeof parseKeywordQuery> {
  const [, quoted] = /^\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(search) ?? [];
  try {
    return parseKeywordQuery(quoted?.replace(/\\(.)/g, '$1') ?? search);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw badRequest(`Syntax error: '${search}' is not a valid $search. ${error.message}`);
  }
}
