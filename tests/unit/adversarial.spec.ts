import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { test as base } from '@playwright/test';
import { cases } from '../support/adversarial.mjs';

/** The readers run in a thread, so that one that does not come to an end ends with its test. */
const test = base.extend<object, { read: (name: string) => Promise<void> }>({
  read: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
    async ({}, use) => {
      const thread = new Worker(new URL('../support/adversarial.mjs', import.meta.url));
      await use(async (name) => {
        const done = once(thread, 'message');
        thread.postMessage(name);
        await done;
      });
      await thread.terminate();
    },
    { scope: 'worker' },
  ],
});

// Linear ones take a second or two; the others minutes and hours.
test.describe.configure({ timeout: 60_000 });

for (const name of Object.keys(cases)) {
  test(`a megabyte of ${name} is read in time that grows with its length`, async ({ read }) => {
    await read(name);
  });
}
