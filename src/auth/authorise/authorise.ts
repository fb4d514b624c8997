import type { PlaywrightWorkerOptions, TestInfo } from '@playwright/test';
import { configFolder } from '../../config/config-folder.js';
import type { ConnectionDefinitions } from '../../config/types.js';
import { placeError } from '../../errors/place-error.js';
import { callerFrames, frameAt } from '../../errors/stack-frames.js';
import { kindOf } from '../../input/kind-of.js';
import { isPlainObject } from '../../input/plain-object.js';
import { refuse } from '../../input/refuse.js';
import { longestTimeout, timeoutFault } from '../../input/timeout-fault.js';
import { unknownFields } from '../../input/unknown-fields.js';

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
export function authorise(name: string, options: AuthoriseOptions = {}): AuthoriseBody {
  checkArguments(name, options);
  const { timeout = 300_000 } = options;
  return async ({ exchangeConnections, browserName, channel, launchOptions }, testInfo) => {
    testInfo.setTimeout(Math.min(timeout + overhead, longestTimeout));
    const { use } = testInfo.project;
    const headless = use.headless ?? use.launchOptions?.headless ?? false;
    const browser = { browserName, launchOptions: { ...launchOptions, ...(channel && { channel }), headless } };
    const { signInTo } = await import('./sign-in-to.js');
    const say = (line: string): void => void process.stdout.write(`${line}\n`);
    const directory = configFolder(testInfo.config);
    const person = { browser, timeout, say, directory };
    const outcome = await signInTo(name, exchangeConnections, person).catch((error: unknown) => {
      throw placeError(error, [frameAt(testInfo)]);
    });
    say(outcome.line);
    testInfo.skip(outcome.alreadySignedIn, outcome.line);
  };
}

function checkArguments(name: unknown, options: unknown): void {
  const faults =
    typeof name === 'string' && name !== '' ? [] : [`the name of a connection is a text, not ${kindOf(name)}`];
  try {
    refuse('The arguments of authorise(name, options) are not usable.', [...faults, ...optionFaults(options)]);
  } catch (error) {
    throw placeError(error, callerFrames());
  }
}

function optionFaults(options: unknown): string[] {
  if (!isPlainObject(options)) return [`the options are an object: { timeout: 600_000 }; this is ${kindOf(options)}`];
  const { timeout } = options;
  const fault = timeout === 0 ? 'must be more than 0: a person needs time' : timeoutFault(timeout ?? 1);
  const faults = unknownFields(options, { of: 'the options', known: ['timeout'] });
  return fault ? [...faults, `timeout ${fault}`] : faults;
}
