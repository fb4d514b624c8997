import type { Places } from './places.js';

/**
 * Opens what has a place until it closes. Rejects with the signal's reason where that aborts before there is a place.
 * @param places Where there is no limit, nothing
 */
export async function openInPlace<T extends { readonly closed: Promise<unknown> }>(
  places: Places | undefined,
  signal: AbortSignal,
  open: () => Promise<T>,
): Promise<T> {
  if (!places) return await open();
  return await new Promise<T>((resolve, reject) => {
    const during = async (): Promise<void> => {
      const opened = await open();
      resolve(opened);
      await opened.closed;
    };
    places.run(1, signal, during).catch(reject);
  });
}
