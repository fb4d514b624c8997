import { kindOf } from '../../../input/kind-of.js';
import type { Message } from '../message.js';

/** One field of a filter: which values it takes, and which messages they match. */
export interface FilterField<Wanted = never> {
  /** What is wrong with a value, after the field's name: nothing where it will do. */
  fault(value: unknown): string | undefined;
  /** Why a message is no match: nothing where it is one. */
  mismatch(message: Message, wanted: Wanted): string | undefined | Promise<string | undefined>;
}

/** A function that says neither yes nor no: where a `return` is missing, `.not` would always hold. */
export class NoVerdict extends Error {
  constructor(given: unknown) {
    super(
      `it returned ${kindOf(given)}, neither true nor false: ${given === undefined ? 'is a return' : 'is a call'} missing?`,
    );
  }
}

export function mustBe(wanted: string, value: unknown): string {
  return value === undefined ? 'is undefined' : `must be ${wanted}, not ${kindOf(value)}`;
}

export function unless(holds: boolean, reason: string): string | undefined {
  return holds ? undefined : reason;
}
