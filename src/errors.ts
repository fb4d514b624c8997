import type { ExchangeErrorCode } from './errors/error-codes.js';

export type { ExchangeErrorCode } from './errors/error-codes.js';

export interface ExchangeErrorOptions {
  readonly cause?: unknown;
  /** What the reader can do about it, a sentence each. */
  readonly advice?: readonly string[];
  /** Trying the same again later may succeed. */
  readonly transient?: boolean;
  /** How long the server asked us to stay away, in milliseconds. */
  readonly retryAfter?: number;
}

/**
 * Every error of this package. The message says what was tried, on what, and what happened,
 * then one `  - ` line for each piece of advice.
 * @hideconstructor
 */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: ExchangeErrorCode;
  readonly advice: readonly string[];
  readonly transient: boolean;
  readonly retryAfter: number | undefined;

  constructor(code: ExchangeErrorCode, summary: string, options: ExchangeErrorOptions = {}) {
    const advice = options.advice ?? [];
    super([summary, ...advice.map((line) => `  - ${line}`)].join('\n'), { cause: options.cause });
    this.code = code;
    this.advice = advice;
    this.transient = options.transient ?? false;
    this.retryAfter = options.retryAfter;
  }

  /** @internal Those of another copy of this package are errors of this package too: a helper may have brought its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === ExchangeError ? isExchangeError(value) : super[Symbol.hasInstance](value);
  }
}

/** Narrows to an {@link ExchangeError}, also one that another copy of this package made. */
export function isExchangeError(error: unknown): error is ExchangeError {
  return error instanceof Error && error.name === 'ExchangeError' && 'code' in error;
}

/** True where trying the same again later may succeed. */
export function isTransient(error: unknown): boolean {
  return isExchangeError(error) && error.transient;
}
