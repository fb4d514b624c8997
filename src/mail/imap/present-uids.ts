import type { ImapFlow } from 'imapflow';
import type { Located } from './by-folder.js';
import { fetchRows } from './fetch-rows.js';

/** The UIDs of those of the messages that are in the folder still. */
export async function presentUids(client: ImapFlow, messages: readonly Located[]): Promise<number[]> {
  return (await fetchRows(client, uidsOf(messages), { uid: true })).map(({ uid }) => uid);
}

/** As commands take them. */
export function uidsOf(messages: readonly Located[]): string {
  return messages.map(({ uid }) => uid).join(',');
}
