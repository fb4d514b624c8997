// npm run check: types, in the documentation too, its generated pages, lint, format, import directions, and the package as its users install it.
import { checkDocs } from './check-docs.mjs';
import { checkPackage } from './check-package.mjs';
import { run, runTool } from './command.mjs';
import { stalePages } from './generated-pages.mjs';

const quiet = { quiet: true };
const directions = ['test', 'import-directions', '--reporter=line', '--output=test-results/check'];

const checks = {
  build: () => run(process.execPath, ['scripts/build.mjs'], quiet),
  types: () => runTool('typescript/bin/tsc', ['-p', '.'], quiet),
  'code in the documentation': checkDocs,
  'generated pages': checkGenerated,
  lint: () => runTool('oxlint/bin/oxlint', ['--deny-warnings'], quiet),
  format: () => runTool('oxfmt/bin/oxfmt', ['--check'], quiet),
  'import directions': () => runTool('@playwright/test/cli.js', directions, quiet),
  package: checkPackage,
};

for (const [name, check] of Object.entries(checks)) {
  const started = performance.now();
  const { ok, output } = await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(ok ? `ok      ${name}, ${seconds} s` : `FAILED  ${name}, ${seconds} s\n\n${output.trimEnd()}\n`);
  if (!ok) process.exitCode = 1;
  // Without a build, all that uses the package fails with it.
  if (!ok && name === 'build') break;
}

async function checkGenerated() {
  const stale = await stalePages();
  return { ok: stale.length === 0, output: `Stale: ${stale.join(', ')}. Make them anew: npm run docs` };
}
