import { ExchangeError } from '../../errors.js';

/** So many links or codes are named in an error, and the rest counted. */
const maximalDetails = 20;

export interface Lack {
  readonly wanted: string;
  readonly found: string;
  /** What there is, one a line. */
  readonly details?: readonly string[];
  readonly advice?: string;
}

/** A message lacks what a test asked of it. */
export function contentError(subject: string, { wanted, found, details = [], advice }: Lack): ExchangeError {
  const summary = `The message ${JSON.stringify(subject)} was expected to have ${wanted}; it has ${found}.`;
  const more = details.length - maximalDetails;
  const rest = [...(more > 0 ? [`and ${more} more`] : []), ...(advice ? [advice] : [])];
  return new ExchangeError('MESSAGE_CONTENT', summary, { advice: [...details.slice(0, maximalDetails), ...rest] });
}
