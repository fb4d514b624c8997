// npm run docs:picture: makes the picture of a failed wait in Playwright's report, docs/pictures/failed-wait.webp.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';
import { root, run } from './command.mjs';
import { install, pack, projectFolder, runsFolder } from './installed.mjs';

const target = 'docs/pictures/failed-wait.webp';

/** In CSS pixels: so wide that no line of the error is cut off. */
const page = { width: 1080, height: 900 };

const config = (/** @type {string | undefined} */ executablePath) => `
import { defineConfig } from '@playwright/test';
import type { ExchangeOptions } from 'playwright-exchange';
import { sandboxConnection } from 'playwright-exchange/config';
import { sandboxServer } from 'playwright-exchange/sandbox';

export default defineConfig<ExchangeOptions>({
  outputDir: './results',
  reporter: [['html', { open: 'never', outputFolder: './playwright-report' }]],
  webServer: sandboxServer(),
  use: {
    exchangeTimeout: 2000,
    exchangeConnections: { sandbox: sandboxConnection({ protocol: 'graph' }) },
    launchOptions: ${JSON.stringify(executablePath ? { executablePath } : {})},
  },
});`;

const spec = `import { test, expect } from 'playwright-exchange';
import { signUp } from './application.js';

test('signing up sends a verification link', async ({ page, mailbox }) => {
  await signUp(page, mailbox.address);

  const message = await mailbox.waitForMessage({ subject: /verify/i });
  await page.goto(message.link(/verify/).href);
  await expect(page.getByText('Welcome')).toBeVisible();
});
`;

/** It strips the tag from the address of one of its two mails. */
const application = `
import type { Page } from '@playwright/test';
import { connectSandbox } from 'playwright-exchange/sandbox';

export async function signUp(page: Page, address: string): Promise<void> {
  await page.setContent('<h1>Sign up</h1>');
  const from = 'Contoso <app@contoso.com>';
  const text = 'Your account is nearly ready: we have sent you another mail.';
  await connectSandbox().deliver({ from, to: address, subject: 'Welcome to Contoso', text });
  const to = address.replace(/\\+.*@/, '@');
  await connectSandbox().deliver({ from, to, subject: 'Please verify your address', html });
}

const html = \`
  <body style="margin: 0; padding: 24px; background: #f3f4f6; font: 16px/1.5 Arial, sans-serif; color: #1f2937">
    <div style="max-width: 480px; margin: auto; padding: 24px 32px; background: #fff; border-radius: 8px">
      <b style="font-size: 18px; color: #1d4ed8">Contoso</b>
      <h1 style="margin: 16px 0 8px; font-size: 24px">One more step</h1>
      <p>Confirm that this address is yours. Your code is 482913.</p>
      <p><a href="https://app.contoso.com/verify?token=x5" style="display: inline-block; padding: 8px 20px;
        border-radius: 6px; background: #1d4ed8; color: #fff; text-decoration: none">Verify address</a></p>
    </div>
  </body>\`;
`;

const browser = await ensureBrowser();
for (const step of [
  () => run(process.execPath, ['scripts/build.mjs'], { quiet: true }),
  pack,
  () => install('newest'),
]) {
  const { ok, output } = await step();
  if (!ok) throw new Error(output);
}
const folder = join(runsFolder('newest'), 'report-picture');
await makeReport();
const picture = await drawReport();
mkdirSync(join(root, 'docs/pictures'), { recursive: true });
writeFileSync(join(root, target), picture);
rmSync(folder, { recursive: true });
console.log(`${target}: ${Math.round(picture.length / 1024)} KB`);

async function makeReport() {
  mkdirSync(folder, { recursive: true });
  const files = {
    'playwright.config.ts': config(browser?.executablePath),
    'sign-up.spec.ts': spec,
    'application.ts': application,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const cli = join(projectFolder('newest'), 'node_modules/@playwright/test/cli.js');
  const { ok, output } = await run(process.execPath, [cli, 'test'], { cwd: folder, quiet: true });
  if (ok) throw new Error(`The wait was to fail:\n${output}`);
}

/** @returns {Promise<Buffer>} */
async function drawReport() {
  const launched = await chromium.launch(browser?.executablePath ? { executablePath: browser.executablePath } : {});
  const sheet = await launched.newPage({ viewport: page, deviceScaleFactor: 1.5, colorScheme: 'light' });
  await sheet.goto(pathToFileURL(join(folder, 'playwright-report/index.html')).href);
  await sheet.getByRole('link', { name: 'signing up' }).first().click();
  await sheet.getByRole('link', { name: 'Please verify your address.png' }).waitFor();
  // Where the file lies on this machine says nothing.
  await sheet.evaluate((path) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      node.textContent = node.textContent?.replaceAll(path, '') ?? '';
    }
  }, `${folder}/`);
  const top = await sheet.getByText('signing up sends').first().boundingBox();
  const last = await sheet.locator('img').last().boundingBox();
  if (!top || !last) throw new Error('The report is not as it was.');
  const clip = { x: 0, y: top.y - 16, width: page.width, height: last.y + last.height - top.y + 32 };
  const png = await sheet.screenshot({ fullPage: true, clip, animations: 'disabled' });
  const webp = await sheet.evaluate(asWebp, `data:image/png;base64,${png.toString('base64')}`);
  await launched.close();
  return Buffer.from(webp, 'base64');
}

/** Runs in the browser, which can do what would take a library here. @param {string} png */
async function asWebp(png) {
  const image = new Image();
  image.src = png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
  const octets = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
}
