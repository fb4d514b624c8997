import { kindOf } from '../input/kind-of.js';
import { isPlainObject } from '../input/plain-object.js';
import { timeoutFault } from '../input/timeout-fault.js';
import { unknownFields, type FieldNames } from '../input/unknown-fields.js';

/** What is wrong with a value, after its name: nothing where it will do. */
type Check = (value: unknown) => string | undefined;

export interface WaitFaultsOptions {
  /** The options that there are beside those of every wait. */
  readonly more?: Readonly<Record<string, Check>>;
  readonly elsewhere?: NonNullable<FieldNames['elsewhere']>;
}

/** All that is wrong with the options of something that waits. One that is undefined is left out. */
export function waitFaults(options: unknown, { more = {}, elsewhere }: WaitFaultsOptions = {}): string[] {
  if (!isPlainObject(options)) return [`the options are an object: { timeout: 5000 }; this is ${kindOf(options)}`];
  const checks: Readonly<Record<string, Check>> = { timeout: timeoutFault, signal: isSignal, limit: isSignal, ...more };
  const known = Object.keys(checks);
  const wrong = Object.entries(options).flatMap(([name, value]) => {
    const fault = value !== undefined && known.includes(name) ? checks[name]!(value) : undefined;
    return fault ? [`${name} ${fault}`] : [];
  });
  return [...unknownFields(options, { of: 'the options', known, ...(elsewhere && { elsewhere }) }), ...wrong];
}

function isSignal(value: unknown): string | undefined {
  return value instanceof AbortSignal ? undefined : `must be an AbortSignal, not ${kindOf(value)}`;
}
