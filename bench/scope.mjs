/**
 * Runs a function, and then closes what it opened, the last first.
 * @template T
 * @param {(own: <R extends { close(): Promise<unknown> }>(resource: R) => R) => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function withScope(run) {
  /** @type {{ close(): Promise<unknown> }[]} */
  const opened = [];
  try {
    return await run((resource) => {
      opened.push(resource);
      return resource;
    });
  } finally {
    for (const resource of opened.toReversed()) await resource.close();
  }
}
