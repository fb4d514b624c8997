import { isExchangeError } from '../errors.js';
import { asSentence } from './as-sentence.js';
import { throwerFrames, type StackFrame } from './stack-frames.js';

/**
 * Makes an error point at the lines of the test that a call came from, and at no others: of this package and of the
 * libraries below it a test's author can mend nothing. What the test itself threw (in a `where`, as the reason of a
 * signal) keeps its own line before them. The environment variable PWDEBUGIMPL leaves everything as it is, as in Playwright.
 * @returns the error to throw: an ExchangeError is copied, for several calls may fail with the same one
 */
export function placeError(error: unknown, frames: readonly StackFrame[]): unknown {
  if (!(error instanceof Error) || process.env['PWDEBUGIMPL']) return error;
  if (!isExchangeError(error)) {
    setStack(error, [...throwerFrames(error), ...frames]);
    return error;
  }
  const placed = copyOf(error);
  placed.message = asSentence(error.message);
  setStack(placed, [...throwersAmongCauses(error), ...frames]);
  setCause(placed, tellingCause(error.cause, error.message));
  return placed;
}

/** A cause that says what has not been said yet, without its stack. */
function tellingCause(cause: unknown, said: string): unknown {
  if (!(cause instanceof Error)) return undefined;
  const [summary = ''] = cause.message.split('\n');
  if (said.includes(summary)) return tellingCause(cause.cause, said);
  const told = isExchangeError(cause) ? copyOf(cause) : Object.assign(new Error(cause.message), codeOf(cause));
  setStack(told, []);
  setCause(told, tellingCause(cause.cause, `${said}\n${cause.message}`));
  return told;
}

function codeOf(error: Error): object {
  return 'code' in error ? { name: error.name, code: error.code } : { name: error.name };
}

function throwersAmongCauses(error: Error): StackFrame[] {
  if (!(error.cause instanceof Error)) return [];
  const frames = throwerFrames(error.cause);
  return frames.length > 0 ? frames : throwersAmongCauses(error.cause);
}

function copyOf<T extends Error>(error: T): T {
  const copy: object = Object.defineProperties(new Error(), Object.getOwnPropertyDescriptors(error));
  return Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object) as T;
}

/** An error that can't be changed stays as it is. */
function setStack(error: Error, frames: readonly StackFrame[]): void {
  Reflect.set(error, 'stack', [`${error.name}: ${error.message}`, ...frames.map(({ text }) => text)].join('\n'));
}

function setCause(error: Error, cause: unknown): void {
  delete error.cause;
  if (cause !== undefined) error.cause = cause;
}
