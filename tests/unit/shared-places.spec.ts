import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { SharedPlaces, type SharedPlacesOptions } from '../../src/mail/sharing/shared-places.js';

const { signal } = new AbortController();

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'places-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

function placesIn(folder: string, { count = 4, ...how }: Partial<SharedPlacesOptions> = {}) {
  const waits: number[] = [];
  const waited = (time: number): void => void waits.push(time);
  const options = { folder, name: 'place', count, waited, ...how };
  return { waits, places: new SharedPlaces(options) };
}

/** A task that ends when it is told to. */
function task() {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { run: () => ended, end };
}

test('all that share places have no more under way than there are, whether they take one or all', async ({
  folder,
}) => {
  const users = Array.from({ length: 4 }, () => placesIn(folder));
  let [underWay, most] = [0, 0];
  const take = async (count: number): Promise<void> => {
    underWay += count;
    most = Math.max(most, underWay);
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
    underWay -= count;
  };
  const tasks = users.flatMap(({ places }) =>
    [1, 4, 1, 2, 1, 1].map((count) => places.run(count, signal, () => take(count))),
  );
  await Promise.all(tasks);
  expect(most).toBeLessThanOrEqual(4);
  expect(await readdir(folder)).toEqual([]);
});

test('who waits for another process is told how long that was, and leaves when it is cancelled', async ({ folder }) => {
  const [one, other] = [placesIn(folder, { count: 1 }), placesIn(folder, { count: 1 })];
  const { run, end } = task();
  const first = one.places.run(1, signal, run);
  await expect.poll(() => readdir(folder)).toHaveLength(1);
  await expect(other.places.run(1, AbortSignal.timeout(50), run)).rejects.toThrow();
  const second = other.places.run(1, signal, async () => 'done');
  end();
  expect(await second).toBe('done');
  await first;
  expect(one.waits).toEqual([]);
  expect(other.waits.length).toBeGreaterThan(0);
});

test('a place that a killed process has left is free again', async ({ folder }) => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await writeFile(join(folder, 'place-0'), String(pid));
  const { places } = placesIn(folder, { count: 1 });
  expect(await places.run(1, signal, async () => 'done')).toBe('done');
});

test('a place that is kept for a time lets no other in before, however soon its task is over', async ({ folder }) => {
  const [one, other] = [1, 2].map(() => placesIn(folder, { count: 2, keptFor: 60_000 }).places);
  for (const places of [one, other]) await places!.run(1, signal, async () => {});
  expect(await readdir(folder)).toHaveLength(2);
  await expect(one!.run(1, AbortSignal.timeout(300), async () => {})).rejects.toThrow();
});

test('a place that was kept for its time is free', async ({ folder }) => {
  const { places } = placesIn(folder, { count: 1, keptFor: 50 });
  await places.run(1, signal, async () => {});
  expect(await places.run(1, signal, async () => 'done')).toBe('done');
});

test('where there is no folder, nothing is held up', async ({ folder }) => {
  const { places } = placesIn(join(folder, 'missing'), { count: 1 });
  expect(await places.run(1, signal, async () => 'done')).toBe('done');
});

test('where places are kept for long, who came first goes first, and whoever has one can tell that it is wanted', async ({
  folder,
}) => {
  const options = { count: 1, isQueued: true };
  const [holder, ...others] = Array.from({ length: 4 }, () => placesIn(folder, options).places);
  const { run, end } = task();
  const held = holder!.run(1, signal, run);
  await expect.poll(() => readdir(folder)).toEqual(['place-0']);
  expect(await holder!.isWanted()).toBe(false);
  const order: number[] = [];
  const waiting: Promise<unknown>[] = [];
  for (const [index, other] of others.entries()) {
    waiting.push(other.run(1, signal, async () => order.push(index)));
    await expect.poll(() => readdir(folder)).toHaveLength(index + 2);
  }
  expect(await holder!.isWanted()).toBe(true);
  end();
  await Promise.all([held, ...waiting]);
  expect(order).toEqual([0, 1, 2]);
  expect(await readdir(folder)).toEqual([]);
});

test('nobody queues behind a process that was killed', async ({ folder }) => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await writeFile(join(folder, `place-waits_000000000000001_${pid}_1`), '');
  await writeFile(join(folder, 'place-0'), String(pid));
  const { places } = placesIn(folder, { count: 1, isQueued: true });
  expect(await places.isWanted()).toBe(false);
  expect(await places.run(1, signal, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});
