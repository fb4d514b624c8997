/** A query that is none, and why. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}
