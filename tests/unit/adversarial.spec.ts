import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { test as base } from '@playwright/test';
import { cases, size } from '../support/adversarial.mjs';

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

// Ten seconds, of which a linear reader takes at most one. Too slow are 0.3 nanoseconds for each pair of octets, where a
// regular expression takes one to five, or 20 for each pair of lines of 8 octets; with ADVERSARIAL_SIZE=1000000, a quarter
// of that.
test.describe.configure({ timeout: size / 25 });

for (const name of Object.keys(cases)) {
  test(`${size} octets of ${name} are read in time that grows with their number`, async ({ read }) => {
    await read(name);
  });
}
