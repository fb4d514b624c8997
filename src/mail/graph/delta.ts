import { ExchangeError } from '../../errors.js';
import type { Folder } from '../transport.js';
import { fields } from './graph-answer.js';
import { listedProperties, readListed, type ListedMessage } from './message-ref.js';
import type { GraphSession, Operation } from './graph-session.js';
import { graphTime } from './read-folder.js';

/**
 * A message that entered the folder, changed in it, or left it. Its id is the one in this folder: it has another
 * elsewhere, and when it comes back. Of a message that moves away and back between two rounds, immutable ids would tell
 * only that it left: https://github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/72
 */
export type Change = ListedMessage;

/** All that changed since the round before, or all there is. */
export interface Round {
  readonly present: ReadonlyMap<string, Change>;
  readonly removed: ReadonlySet<string>;
  /** Where the next round begins. */
  readonly link: string;
}

const pageSize = 500;
/** What a filtered query tells of: https://learn.microsoft.com/graph/api/message-delta#odata-query-parameters */
const maxMessages = 5000;
const shortestReach = 60_000;

/** Reads all that was received in a folder from a time on, in milliseconds. @throws PROTOCOL where it is too much */
export async function readFrom(
  session: GraphSession,
  operation: Operation,
  { folder, from }: { readonly folder: Folder; readonly from: number },
): Promise<Round> {
  const round = await readRound(session, operation, deltaPath(session, folder, from));
  if (round.present.size + round.removed.size < maxMessages) return round;
  const since = new Date(from).toISOString();
  const summary = `${operation.operation} in the mailbox ${session.address} failed: it took 5,000 messages or more since ${since}, and Graph does not tell of all`;
  throw new TooManyMessages('PROTOCOL', summary, {
    advice: ['ask for those since a later date, or use a mailbox that takes fewer'],
  });
}

/** Reads what was received from a time on, or where that is too much, from the earliest of some later ones. */
export async function readRecent(
  session: GraphSession,
  operation: Operation,
  { folder, from }: { readonly folder: Folder; readonly from: number },
): Promise<Round & { readonly from: number }> {
  for (let start = from; ; start = (start + Date.now()) / 2) {
    try {
      return { ...(await readFrom(session, operation, { folder, from: start })), from: start };
    } catch (error) {
      if (!(error instanceof TooManyMessages) || Date.now() - start < shortestReach) throw error;
    }
  }
}

class TooManyMessages extends ExchangeError {}

/** The query for all that was received in a folder from a time on, in milliseconds. */
function deltaPath({ root }: GraphSession, { id }: Folder, from: number): string {
  const since = graphTime(from);
  const query = `$filter=receivedDateTime%20ge%20${since}&$select=${listedProperties}`;
  return `${root}/mailFolders/${encodeURIComponent(id)}/messages/delta?${query}`;
}

/**
 * Reads a round of changes to a folder, page by page; of a message that changed several times, the last one counts.
 * https://learn.microsoft.com/graph/delta-query-messages
 */
export async function readRound(session: GraphSession, operation: Operation, start: string): Promise<Round> {
  const present = new Map<string, Change>();
  const removed = new Set<string>();
  for (let path = start; ;) {
    const request = { method: 'GET', path, prefer: `odata.maxpagesize=${pageSize}` } as const;
    const page = await session.read(operation, request);
    for (const entry of entries(page['value'])) {
      if (entry.isRemoved) present.delete(entry.id);
      else removed.delete(entry.id);
      if (entry.isRemoved) removed.add(entry.id);
      else present.set(entry.id, entry);
    }
    const { '@odata.nextLink': next, '@odata.deltaLink': link } = page;
    if (typeof link === 'string') return { present, removed, link };
    if (typeof next !== 'string') throw new ExchangeError('PROTOCOL', `${operation.operation}: the answer has no link`);
    path = next;
  }
}

function entries(value: unknown): (Change & { readonly isRemoved: boolean })[] {
  return (Array.isArray(value) ? value : []).map(fields).map((entry) => ({
    ...readListed(entry),
    isRemoved: '@removed' in entry,
  }));
}
