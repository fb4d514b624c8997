import type { ExchangeErrorCode } from '../errors.js';

/** The legs of a connection, in the order in which they are tried. */
export const legNames = [
  'definition',
  'variables',
  'proxy',
  'host',
  'tls',
  'sign-in',
  'token',
  'mailbox',
  'subscribe',
  'mail',
  'push',
  'addressing',
  'clean-up',
] as const;

export type LegName = (typeof legNames)[number];

/** How one leg went, as `doctor --json` prints it. */
export interface LegResult {
  readonly name: LegName;
  /** `skipped`: an earlier one failed, or the connection has no such leg; `detail` says which. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** How long it took, in milliseconds. */
  readonly milliseconds: number;
  /** What was found, for people; empty where it failed. */
  readonly detail: string;
  /** What was found, for programs. */
  readonly facts?: Facts;
  readonly error?: LegError;
}

export type Facts = Readonly<Record<string, unknown>>;

export interface LegError {
  readonly code: ExchangeErrorCode;
  /** What was tried, and what happened. */
  readonly summary: string;
  /** What to do about it, a sentence each. */
  readonly advice: readonly string[];
}

/** How a connection is. */
export interface Diagnosis {
  readonly connection: string;
  /** No leg failed. */
  readonly ok: boolean;
  readonly legs: readonly LegResult[];
}

/** What a leg found out: for the report, and as `value` for the legs after it. */
export interface Finding<T> {
  readonly detail: string;
  readonly facts?: Facts;
  readonly value: T;
  /** The connection has no such leg; `detail` says why. */
  readonly skipped?: boolean;
}
