// npm run demo: from a fresh clone to the examples' specs, run against the sandbox, in one command.
import { findBrowser } from './browser.mjs';
import { runExamples } from './examples.mjs';
import { prepare } from './prepare.mjs';
import { count, handedOut, readReport, removeReport, reports } from './report.mjs';

await prepare();
removeReport(reports.examples);
const { ok } = await runExamples();
console.log(ok ? story() : remedy());
process.exitCode = ok ? 0 : 1;

function story() {
  const report = readReport(reports.examples);
  const { passed, duration } = count(report);
  const mails = [...handedOut(report)].map(([subject, times]) => `  ${String(times).padStart(3)} × ${subject}`);
  return `
${passed} specs passed in ${(duration / 1000).toFixed(1)} s, 4 at a time, in one mailbox, with no tenant and no secret.
An application mailed over SMTP to the sandbox, and the specs read its mail over EWS, over IMAP and over Graph:
${mails.join('\n')}

The specs:   examples/specs
The report:  npx playwright show-report playwright-report/examples  (with the mails)`;
}

function remedy() {
  const browser = findBrowser();
  return `The demo failed: the errors above say where, and the report shows the pages and the mails:
  npx playwright show-report playwright-report/examples
${browser ? `The browser was ${browser.name}; PLAYWRIGHT_EXCHANGE_BROWSER names another.` : 'There was no browser.'}`;
}
