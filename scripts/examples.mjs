import { findBrowser } from './browser.mjs';
import { runTool } from './command.mjs';
import { reports } from './report.mjs';

/**
 * Runs the examples as they are, with the reports where the repository has them.
 * @param {readonly string[]} [args] for Playwright
 */
export async function runExamples(args = []) {
  const browser = findBrowser();
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_FILE: reports.examples,
    PLAYWRIGHT_HTML_OUTPUT_DIR: 'playwright-report/examples',
    ...(browser?.executablePath && { PLAYWRIGHT_EXCHANGE_BROWSER: browser.executablePath }),
  };
  const own = [
    '--tsconfig=scripts/examples.tsconfig.json',
    '--reporter=list,html,json',
    '--output=test-results/examples',
    ...(browser ? [] : ['without-browser']),
  ];
  return await runTool('@playwright/test/cli.js', ['test', '-c', 'examples', ...own, ...args], { env });
}
