import { longestTimeout } from '../input/timeout-fault.js';
import { onAbort } from './on-abort.js';

/**
 * Resolves after so many milliseconds, or what a timer can hold, some 24 days; rejects with the signal's reason as soon
 * as it aborts.
 */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let leave = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(resolve, Math.min(milliseconds, longestTimeout));
      if (signal) leave = onAbort(signal, () => reject(signal.reason));
    });
  } finally {
    clearTimeout(timer);
    leave();
  }
}
