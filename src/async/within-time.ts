/** The promise's outcome; nothing where that takes more milliseconds than these. The promise goes on. */
export async function withinTime<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, milliseconds), undefined);
  });
  try {
    return await Promise.race([promise, time]);
  } finally {
    promise.catch(() => {});
    clearTimeout(timer);
  }
}
