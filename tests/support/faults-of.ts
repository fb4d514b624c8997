import { isExchangeError } from '../../src/errors.js';

/** The faults that a check found; none where it let pass. */
export function faultsOf(check: () => void): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!isExchangeError(error) || error.code !== 'CONFIGURATION') throw error;
    return error.advice;
  }
}
