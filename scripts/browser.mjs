import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { run, runTool } from './command.mjs';

/** @typedef {{ name: string, executablePath?: string }} Browser a browser to launch; without a path, Playwright's own */

const ownSetting = 'PLAYWRIGHT_EXCHANGE_BROWSER';
const minute = 60_000;

/**
 * The browser to run the specs in: the one that PLAYWRIGHT_EXCHANGE_BROWSER names, Playwright's own build,
 * the system's headless Chromium (which, like Playwright's, starts in a third of the time), Chrome, or the system's
 * Chromium.
 * @param {{ withWindow?: boolean }} [options] `withWindow` for one that can open a window
 * @returns {Browser | undefined}
 */
export function findBrowser({ withWindow = false } = {}) {
  const named = process.env[ownSetting];
  if (named) {
    if (!existsSync(named)) throw new Error(`${ownSetting} names ${named}, and there is no such file.`);
    return { name: named, executablePath: named };
  }
  if (existsSync(playwrightsOwn())) return { name: "Playwright's Chromium" };
  const places = [...usualPlaces(), ...onPath('chromium', 'chromium-browser')];
  if (!withWindow) places.unshift(...onPath('chromium-headless-shell'));
  const executablePath = places.find((path) => existsSync(path));
  return executablePath === undefined ? undefined : { name: executablePath, executablePath };
}

/**
 * For a Playwright config: the browser, or `undefined` once a printed line has said what is left out without it.
 * Throws on CI, where nothing may be left out.
 * @param {string} leftOut
 * @returns {Browser | undefined}
 */
export function findBrowserOrSay(leftOut) {
  const browser = findBrowser();
  if (browser) return browser;
  const remedy = `run "npx playwright install chromium", or set ${ownSetting} to a Chromium's path`;
  if (process.env['CI']) throw new Error(`No browser found: ${remedy}.`);
  // Workers load the config again; one line is enough.
  if (process.env['TEST_WORKER_INDEX'] === undefined) console.log(`No browser found, so ${leftOut}: ${remedy}.`);
  return undefined;
}

/**
 * The browser to run the specs in, which is fetched where there is none: from Playwright, or on Debian as root
 * from apt.
 * @returns {Promise<Browser | undefined>}
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  console.log('No browser found: fetching Chromium from Playwright (for at most 3 minutes) ...');
  const options = { quiet: true, timeout: 3 * minute };
  const download = await runTool('@playwright/test/cli.js', ['install', 'chromium'], options);
  if (!download.ok && isDebianRoot()) await installWithApt();
  else if (!download.ok) console.log(lastLines(download.output));
  return findBrowser();
}

async function installWithApt() {
  console.log("That did not work: installing Debian's Chromium with apt-get (for at most 5 minutes) ...");
  const options = { quiet: true, timeout: 5 * minute, env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
  const update = await run('apt-get', ['update'], options);
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  if (!install.ok) console.log(lastLines(update.output + install.output));
}

function playwrightsOwn() {
  /** @type {typeof import('@playwright/test')} */
  const playwright = createRequire(import.meta.url)('@playwright/test');
  return playwright.chromium.executablePath();
}

function usualPlaces() {
  if (process.platform === 'darwin') return ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  if (process.platform !== 'win32') return ['/opt/google/chrome/chrome'];
  return ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].map((variable) =>
    join(process.env[variable] ?? '', 'Google/Chrome/Application/chrome.exe'),
  );
}

/** @param {string[]} names */
function onPath(...names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isDebianRoot() {
  const release = '/etc/os-release';
  return process.getuid?.() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
}

/** @param {string} text */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-10).join('\n');
}
