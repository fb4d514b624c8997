import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { ExchangeError } from '../../errors.js';

export interface RowsQuery extends FetchQueryObject {
  /** Octets that the answer has at most. @default 256 MiB */
  readonly limit?: number;
  /** Milliseconds that the server may be silent. @default 15000 */
  readonly silence?: number;
}

const defaultLimit = 256 * 1024 * 1024;
const defaultSilence = 15_000;

/** What the server tells of messages by their UIDs (RFC 9051 section 6.4.5), in its own order. */
export async function fetchRows(client: ImapFlow, uids: string, query: RowsQuery): Promise<FetchMessageObject[]> {
  const rows: FetchMessageObject[] = [];
  await fetchEach(client, uids, { ...query, onRow: (row) => void rows.push(row) });
  return rows;
}

/**
 * As {@link fetchRows}, one by one: where the server refuses, what it told before still counts.
 * @throws PROTOCOL where it sends too much, DEADLINE where it falls silent; then the connection is closed
 */
export async function fetchEach(
  client: ImapFlow,
  uids: string,
  {
    limit = defaultLimit,
    silence = defaultSilence,
    onRow,
    ...query
  }: RowsQuery & { readonly onRow: (row: FetchMessageObject) => void },
): Promise<void> {
  const before = client.stats().received;
  using watchdog = new Watchdog(client, silence);
  try {
    for await (const row of client.fetch(uids, query, { uid: true })) {
      // One without a UID was not asked for: it tells of flags that somebody else changed (RFC 9051 section 7.5.2).
      if ((row as Partial<FetchMessageObject>).uid !== undefined) onRow(row);
      if (client.stats().received - before <= limit) continue;
      client.close();
      throw new ExchangeError('PROTOCOL', `the server answered FETCH with more than ${limit} octets`);
    }
  } catch (error) {
    throw watchdog.hasBarked ? silent(silence) : error;
  }
}

/** Closes a connection over which nothing comes for a while: its command can't be taken back. */
class Watchdog implements Disposable {
  readonly #timer: NodeJS.Timeout;
  hasBarked = false;

  constructor(client: ImapFlow, silence: number) {
    let { received } = client.stats();
    this.#timer = setInterval(() => {
      const now = client.stats().received;
      this.hasBarked = now === received;
      received = now;
      if (this.hasBarked) client.close();
    }, silence);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

function silent(milliseconds: number): ExchangeError {
  const summary = `the server did not go on with its answer to FETCH for ${milliseconds / 1000} s`;
  return new ExchangeError('DEADLINE', summary, { transient: true });
}
