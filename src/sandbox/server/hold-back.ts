import { setTimeout as timer } from 'node:timers/promises';
import { sleep } from '../../async/sleep.js';

/** What a timer can hold; beyond it Node does not wait at all. */
export const longestDelay = 2 ** 31 - 1;

/** Waits for a fault's milliseconds, or until the door is closed; in nobody's way where the process could end. */
export async function holdBack(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (!(milliseconds > 0)) return;
  if (signal) return await sleep(milliseconds, signal).catch(() => {});
  await timer(Math.min(milliseconds, longestDelay), undefined, { ref: false });
}
