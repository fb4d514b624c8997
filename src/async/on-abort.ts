const listeners = new WeakMap<AbortSignal, Set<{ readonly callback: () => void }>>();

/**
 * Calls back as soon as a signal aborts, at once where it has, until the returned function is called. However many
 * do so, the signal has one listener: Node warns of more than ten, and keeps what is left listening for as long as
 * the signal lives.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const entry = { callback };
  const all = listeners.get(signal) ?? listen(signal);
  all.add(entry);
  return () => void all.delete(entry);
}

function listen(signal: AbortSignal): Set<{ readonly callback: () => void }> {
  const all = new Set<{ readonly callback: () => void }>();
  listeners.set(signal, all);
  signal.addEventListener('abort', () => all.forEach(({ callback }) => callback()), { once: true });
  return all;
}
