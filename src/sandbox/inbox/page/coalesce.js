/**
 * However often it is asked for, one run at a time: who asks meanwhile gets one more, after it.
 * @param {() => Promise<void>} run
 */
export function coalesce(run) {
  let isRunning = false;
  let isDue = false;
  return async () => {
    isDue = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isDue) {
        isDue = false;
        await run();
      }
    } finally {
      isRunning = false;
    }
  };
}
