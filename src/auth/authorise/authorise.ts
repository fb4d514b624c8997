import type { PlaywrightWorkerOptions, TestInfo } from '@playwright/test';
import type { ConnectionDefinitions } from '../../config/types.js';
import { withoutStack } from '../../errors.js';

/** What {@link authorise} takes from the project's `use`. None of it opens a browser. */
export interface AuthoriseFixtures extends Pick<PlaywrightWorkerOptions, 'browserName' | 'channel' | 'launchOptions'> {
  readonly exchangeConnections: ConnectionDefinitions;
}

export interface AuthoriseOptions {
  /** Milliseconds that the person has to sign in. @default 300000 */
  readonly timeout?: number;
}

export type AuthoriseBody = (fixtures: AuthoriseFixtures, testInfo: TestInfo) => Promise<void>;

/** Milliseconds for all but the person. */
const overhead = 60_000;

/**
 * The body of a test that has a person sign in to a connection, once: it opens Microsoft's page, waits, and
 * keeps the tokens. Where those it has are still good it skips, and needs no display. The window is a browser
 * of its own, which no trace, video or screenshot of the run shows; it is headed unless the project's
 * `use.headless` is set.
 *
 * ```ts
 * import { test as setup } from 'playwright-exchange';
 * import { authorise } from 'playwright-exchange/authorise';
 *
 * setup('authorise MSOAuthHost', authorise('MSOAuthHost'));
 * ```
 */
export function authorise(name: string, { timeout = 300_000 }: AuthoriseOptions = {}): AuthoriseBody {
  return async ({ exchangeConnections, browserName, channel, launchOptions }, testInfo) => {
    testInfo.setTimeout(timeout + overhead);
    const { use } = testInfo.project;
    const headless = use.headless ?? use.launchOptions?.headless ?? false;
    const browser = { browserName, launchOptions: { ...launchOptions, ...(channel && { channel }), headless } };
    const { signInTo } = await import('./sign-in-to.js');
    const say = (line: string): void => void process.stdout.write(`${line}\n`);
    const outcome = await signInTo(name, exchangeConnections, { browser, timeout, say }).catch(withoutStack);
    say(outcome.line);
    testInfo.skip(outcome.alreadySignedIn, outcome.line);
  };
}
