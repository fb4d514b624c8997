/**
 * Makes one call of many that are made in the same turn of the event loop: each gets its own answer of it, which may
 * still be on its way.
 */
export function gather<Key, Answer>(
  answer: (keys: readonly Key[]) => readonly Promise<Answer>[],
): (key: Key) => Promise<Answer> {
  let waiting: { key: Key; resolve: (answer: Promise<Answer>) => void }[] = [];
  const flush = (): void => {
    const asked = waiting;
    waiting = [];
    const answers = answer(asked.map(({ key }) => key));
    asked.forEach(({ resolve }, index) => resolve(answers[index]!));
  };
  return (key) =>
    new Promise((resolve) => {
      if (waiting.push({ key, resolve }) === 1) setImmediate(flush);
    });
}
