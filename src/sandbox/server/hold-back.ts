import { setTimeout as sleep } from 'node:timers/promises';

/** What a timer can hold; beyond it Node does not wait at all. */
export const longestDelay = 2 ** 31 - 1;

/** Waits for a fault's milliseconds, or until the door is closed; in nobody's way where the process could end. */
export async function holdBack(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (!(milliseconds > 0)) return;
  const options = { ref: signal !== undefined, ...(signal && { signal }) };
  await sleep(Math.min(milliseconds, longestDelay), undefined, options).catch(() => undefined);
}
