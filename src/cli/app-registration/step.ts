import type { ExchangeErrorCode } from '../../errors.js';

/** The ways in which an administrator can take a step. */
export type Way = 'portal' | 'az' | 'powershell' | 'exchange';

/** One thing that an administrator does. */
export interface Step {
  readonly title: string;
  /** What to click, or to run, by way. */
  readonly ways: Readonly<Partial<Record<Way, readonly string[]>>>;
  /** The failures that say it was not taken. */
  readonly failures: readonly ExchangeErrorCode[];
  readonly source: string;
}
