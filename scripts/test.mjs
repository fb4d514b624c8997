// npm test: the package's own tests, then the examples. What follows `--` goes to both:
//   npm test -- --grep "one-time code"
import { runTool } from './command.mjs';
import { runExamples } from './examples.mjs';
import { prepare } from './prepare.mjs';
import { count, readReport, removeReport, reports } from './report.mjs';

const extra = process.argv.slice(2);

await prepare();
Object.values(reports).forEach(removeReport);
await runTool('@playwright/test/cli.js', ['test', '--pass-with-no-tests', ...extra]);
await runExamples(['--pass-with-no-tests', ...extra]);
process.exitCode = verdict();

function verdict() {
  const counts = Object.values(reports).map((path) => count(readReport(path)));
  const total = counts.reduce((sum, { passed, failed, skipped }) => sum + passed + failed + skipped, 0);
  if (total === 0) console.error('No test matches.');
  return total === 0 || counts.some(({ failed }) => failed > 0) ? 1 : 0;
}
