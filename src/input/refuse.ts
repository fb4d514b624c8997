import { ExchangeError } from '../errors.js';

/** One error for all that is wrong with what was given; none where nothing is. @throws CONFIGURATION */
export function refuse(summary: string, faults: readonly string[]): void {
  if (faults.length > 0) throw new ExchangeError('CONFIGURATION', summary, { advice: faults });
}
