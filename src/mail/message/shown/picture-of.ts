import { Limit } from '../../../async/limit.js';
import type { Message } from '../message.js';
import type { PictureBrowser, PictureContext } from './browser-page.js';
import { letterhead } from './letterhead.js';

/** In pixels: how large a page it is drawn on, and how much is shown of a mail that is larger. */
const page = { width: 800, height: 200 };
const largest = { width: 1200, height: 3000 };

const defaultTimeout = 10_000;

export interface PictureOptions {
  /** Milliseconds. @default 10000 */
  readonly timeout?: number;
  /** Ends it before that. */
  readonly signal?: AbortSignal;
}

/**
 * A message as a reader sees it, a PNG 800 pixels wide: from whom, to whom, when, about what, with which files, and
 * below that the mail as `open` shows it, cut off where it is very long. It is drawn in a context of its own, which is
 * closed again.
 *
 * Never throws, and always ends in time: where no picture can be had, there is none.
 */
export async function pictureOf(
  message: Message,
  browser: PictureBrowser,
  { timeout = defaultTimeout, signal }: PictureOptions = {},
): Promise<Buffer | undefined> {
  using limit = new Limit({ signal, timeout, error: () => new Error('The time is up.') });
  const opening = (async () => await browser.newContext(plainly))();
  try {
    return await limit.race(opening.then((context) => draw(message, context)));
  } catch {
    return undefined;
  } finally {
    const closing = opening.then(close);
    await limit.race(closing).catch(() => {});
  }
}

/** Whatever the test's own pages are: dark, a phone, signed in. */
const plainly = {
  viewport: page,
  deviceScaleFactor: 1,
  isMobile: false,
  hasTouch: false,
  colorScheme: 'light',
  forcedColors: 'none',
  bypassCSP: false,
  storageState: undefined,
};

async function draw(message: Message, context: PictureContext): Promise<Buffer> {
  const sheet = await context.newPage();
  await message.open(sheet);
  const extent = await sheet.evaluate(measure);
  const clip = {
    x: 0,
    y: 0,
    width: Math.min(extent.width, largest.width),
    height: Math.min(extent.height, largest.height),
  };
  const picture = await sheet.screenshot({ ...wholePage, clip });
  await sheet.goto('about:blank');
  await sheet.setContent(letterhead(message, { picture, isCutOff: extent.height > largest.height }));
  return await sheet.screenshot(wholePage);
}

/** Its pages first: Playwright keeps screenshots of those that a context is closed with. */
async function close(context: PictureContext): Promise<void> {
  await Promise.all(context.pages().map((each) => each.close()));
  await context.close();
}

const wholePage = { fullPage: true, animations: 'disabled' };

/** Runs in the browser. */
function measure(): { width: number; height: number } {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return { width: scrollWidth, height: scrollHeight };
}
