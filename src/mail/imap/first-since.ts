import type { ImapFlow } from 'imapflow';
import { fetchRows } from './fetch-rows.js';

const day = 86_400_000;

/** The lowest UID of what was received at a date or later; nothing where there is none. */
export async function firstSince(client: ImapFlow, since: Date): Promise<number | undefined> {
  // SEARCH knows days only, each message's in a time zone of its own.
  const found = await client.search({ since: new Date(since.getTime() - day) }, { uid: true });
  const first = lowest(Array.isArray(found) ? found : [1]);
  if (first === undefined) return undefined;
  const rows = await fetchRows(client, `${first}:*`, { uid: true, internalDate: true });
  const start = Math.floor(since.getTime() / 1000) * 1000;
  // Where the server says no date, or none that can be read, it may be late.
  const isLate = (date: Date | string | undefined): boolean => !(new Date(date ?? NaN).getTime() < start);
  return lowest(rows.filter(({ internalDate }) => isLate(internalDate)).map(({ uid }) => uid));
}

function lowest(uids: readonly number[]): number | undefined {
  return uids.length > 0 ? uids.reduce((one, other) => Math.min(one, other)) : undefined;
}
