import { ExchangeError } from '../../errors.js';
import type { Position } from '../transport.js';

/** A point in a folder: all from a UID on is after it. */
export interface ImapPosition {
  /** UIDs are comparable only as long as this stays the same (RFC 9051 section 2.3.1.1). */
  readonly uidValidity: bigint;
  readonly next: number;
  /** When it was right, by this machine's clock, in milliseconds; for when UIDs start anew. */
  readonly asOf: number;
  /** How many messages were in the folder then; for the same. */
  readonly exists: number;
}

export function formatPosition({ uidValidity, next, asOf, exists }: ImapPosition): Position {
  return `${uidValidity}:${next}:${asOf}:${exists}` as Position;
}

export function parsePosition(position: Position): ImapPosition {
  const [, uidValidity, next, asOf, exists] = /^(\d+):(\d+):(\d+):(\d+)$/.exec(position) ?? [];
  if (uidValidity === undefined) throw new ExchangeError('CONFIGURATION', 'this is no position in a folder');
  return { uidValidity: BigInt(uidValidity), next: Number(next), asOf: Number(asOf), exists: Number(exists) };
}
