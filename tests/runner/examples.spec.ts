import { expect, test } from '@playwright/test';
import { installExamples } from '../../scripts/installed.mjs';
import { run } from '../../scripts/command.mjs';

test.describe.configure({ timeout: 180_000 });

test('the examples run where they are copied to, with what their package.json asks for', async () => {
  const { ok, output, folder } = await installExamples();
  expect(ok, output).toBe(true);
  const what = ['without-browser', 'from-provar', '--project=graph', '--workers=1'];
  const args = ['node_modules/@playwright/test/cli.js', 'test', ...what];
  const outcome = await run(process.execPath, args, { cwd: folder, quiet: true, env: { CI: '' } });
  expect(outcome.output).toMatch(/\d+ passed/);
  expect(outcome.ok, outcome.output).toBe(true);
});
