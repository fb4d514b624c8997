/**
 * Makes overlapping calls share runs: at most one run is under way and one is to come. Each call gets
 * a run that began after it, so it sees all that was there when it was made.
 */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    next = undefined;
    const running = run();
    const end = (): void => {
      if (current === running && !next) current = undefined;
    };
    running.then(end, end);
    return (current = running);
  };
  return () => {
    if (!current) return start();
    return (next ??= current.then(start, start));
  };
}
