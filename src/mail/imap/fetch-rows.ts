import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { ExchangeError } from '../../errors.js';

const defaultLimit = 256 * 1024 * 1024;

/**
 * What the server tells of messages by their UIDs (RFC 9051 section 6.4.5), in its own order.
 * @throws PROTOCOL where it sends more than `limit` octets; then the connection is closed
 */
export async function fetchRows(
  client: ImapFlow,
  uids: string,
  { limit = defaultLimit, ...query }: FetchQueryObject & { readonly limit?: number },
): Promise<FetchMessageObject[]> {
  const rows: FetchMessageObject[] = [];
  const before = client.stats().received;
  for await (const row of client.fetch(uids, query, { uid: true })) {
    rows.push(row);
    if (client.stats().received - before <= limit) continue;
    client.close();
    throw new ExchangeError('PROTOCOL', `the server answered FETCH with more than ${limit} octets`);
  }
  return rows;
}
