import { expect, test } from '@playwright/test';
import { copyExamples, install, pack } from '../../scripts/installed.mjs';

test.describe.configure({ timeout: 300_000 });

test('the packed package is installed outside of the checkout, beside the newest Playwright', async () => {
  expect(await pack()).toMatchObject({ ok: true });
  expect(await install('newest')).toMatchObject({ ok: true });
  copyExamples();
});
