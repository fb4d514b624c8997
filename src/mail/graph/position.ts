import { createHash } from 'node:crypto';
import { ExchangeError } from '../../errors.js';
import type { Position } from '../transport.js';

/** What is known of a folder's arrivals. */
export interface GraphPosition {
  /** What was received before is not looked at; in milliseconds. */
  readonly from: number;
  /** Where the changes go on; nothing where they are to be read from the beginning. */
  readonly link: string | undefined;
  /** Digests of what has been seen: what to leave out when the link is lost, and the changes begin anew. */
  readonly seen: readonly string[];
}

export function formatPosition(position: GraphPosition): Position {
  return JSON.stringify(position) as Position;
}

/** @throws CONFIGURATION where the text is no position of this protocol */
export function parsePosition(position: Position): GraphPosition {
  try {
    const { from, link, seen } = JSON.parse(position) as GraphPosition;
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
