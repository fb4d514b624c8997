import { isExchangeError } from '../errors.js';

/** What failed for itself, and why. */
export interface Failed<T> {
  readonly item: T;
  readonly error: unknown;
}

/**
 * Does something with several items at once, and where that fails with each half of them, so that only those at fault
 * are left; these it returns. Rejects where the failure may pass, or is about all.
 */
export async function bisect<T>(
  items: readonly T[],
  action: (items: readonly T[]) => Promise<void>,
): Promise<Failed<T>[]> {
  if (items.length === 0) return [];
  try {
    await action(items);
    return [];
  } catch (error) {
    if (!isOneItemsFault(error)) throw error;
    if (items.length === 1) return [{ item: items[0]!, error }];
    const half = Math.ceil(items.length / 2);
    return [...(await bisect(items.slice(0, half), action)), ...(await bisect(items.slice(half), action))];
  }
}

/** Whether a failure may be about one of the messages that were asked for together, and not about the connection. */
export function isOneItemsFault(error: unknown): boolean {
  return isExchangeError(error) && !error.transient && ofItems.has(error.code);
}

const ofItems = new Set(['PROTOCOL', 'ACCESS_DENIED', 'MESSAGE_NOT_FOUND', 'FOLDER_NOT_FOUND']);
