import { createHash } from 'node:crypto';
import { ExchangeError } from '../../errors.js';
import type { Position } from '../transport.js';

/** The number of the first message that was not seen yet. */
export interface NumberPosition {
  readonly number: number;
}

/** What is known of a folder's arrivals by its changes. */
export interface ChangesPosition {
  /** What was received before is not looked at; in milliseconds. */
  readonly from: number;
  /** Where the changes go on; nothing where they are to be read from the beginning. */
  readonly link: string | undefined;
  /** Digests of what has been seen: what to leave out when the link is lost, and the changes begin anew. */
  readonly seen: readonly string[];
}

export function numbered(number: number): Position {
  return `n:${number}` as Position;
}

export function formatPosition(position: ChangesPosition): Position {
  return JSON.stringify(position) as Position;
}

/** @throws CONFIGURATION where the text is no position of this protocol */
export function parsePosition(position: Position): NumberPosition | ChangesPosition {
  const number = /^n:(\d+)$/.exec(position)?.[1];
  if (number !== undefined) return { number: Number(number) };
  try {
    const { from, link, seen } = JSON.parse(position) as ChangesPosition;
    if (typeof from === 'number' && Array.isArray(seen)) return { from, link, seen };
  } catch (cause) {
    throw new ExchangeError('CONFIGURATION', 'this is no position in a folder', { cause });
  }
  throw new ExchangeError('CONFIGURATION', 'this is no position in a folder');
}

/** Ids are long, and a position is kept as text. */
export function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 12);
}
