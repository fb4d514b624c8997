// Prints what failed in the reports of `npm test`, and what they add up to: N passed, N failed. An argument is a number of further failures.
import { count, failures, readReport, reports } from './report.mjs';

const total = { passed: 0, failed: Number(process.argv[2] ?? 0), skipped: 0 };
for (const path of Object.values(reports)) {
  const report = readReport(path);
  const { passed, failed, skipped } = count(report);
  for (const failure of failures(report)) console.log(`FAILED  ${failure}`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
