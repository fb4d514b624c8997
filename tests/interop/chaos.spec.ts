import { randomInt } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { runChaos } from '../../bench/chaos/run-chaos.mjs';

/** Another one each time; `CHAOS_SEED` sets it. */
const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(1_000_000));
const count = 250;

for (const protocol of ['ews', 'imap', 'graph'] as const) {
  test(`chaos over ${protocol}: nothing is lost, and nothing is handed out twice`, async () => {
    test.setTimeout(180_000);
    test.info().annotations.push({ type: 'seed', description: String(seed) });
    const { lost, twice, unseen, troubles } = await runChaos({ protocol, seed, count });
    expect({ lost, twice, unseen }, `CHAOS_SEED=${seed}`).toEqual({ lost: 0, twice: 0, unseen: 0 });
    expect(Object.keys(troubles).length).toBeGreaterThan(0);
  });
}
