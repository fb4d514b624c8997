// The body of a test that authorises, and what Playwright Test hands to it.
import { authorise } from 'playwright-exchange/authorise';

const { exchangeConnections, launchOptions, headless, timeout } = JSON.parse(process.argv[2] ?? '');

const testInfo = {
  file: import.meta.filename,
  line: 1,
  column: 1,
  config: { configFile: import.meta.filename },
  project: { use: { headless } },
  setTimeout() {},
  skip: (/** @type {boolean} */ condition) => void (condition && console.log('skipped')),
};

await authorise('MSOAuthHost', { timeout })(
  { exchangeConnections, browserName: 'chromium', channel: undefined, launchOptions },
  // @ts-expect-error -- it is all that is asked for
  testInfo,
);
