import { unreadableCode, unreadableText } from '../../message/unreadable.js';
import type { Command } from '../command.js';
import { ConnectionClosed, type Data } from '../../server/connection.js';
import { flagsItem, readFetchItems, uidItem, type FetchItem } from '../fetch-items.js';
import { hasFlag } from '../flags.js';
import { no } from '../refusal.js';
import { readSequenceSet } from '../sequence-set.js';
import type { Numbered, SelectedFolder } from '../selected-folder.js';
import type { Session } from '../session.js';

export const fetch: Command = {
  state: 'selected',
  keepsNumbers: true,
  async run(session, args, byUid) {
    args.space();
    const ranges = readSequenceSet(args.sequenceSet());
    args.space();
    const asked = readFetchItems(args);
    args.end();
    const items = byUid && !asked.includes(uidItem) ? [uidItem, ...asked] : asked;
    let refused = false;
    for (const numbered of session.selected.select(ranges, byUid)) {
      if (await isUnreadable(session, numbered, items)) refused = true;
      else await send(session, fetchResponse(session.selected, numbered, items));
    }
    // RFC 9051 section 7.1.2: what could be told has been told.
    if (refused) throw no(unreadableText);
  },
};

/** Some items are known without the message being read. */
const atHand = new Set(['UID', 'FLAGS', 'INTERNALDATE']);

async function isUnreadable({ rooms }: Session, { message }: Numbered, items: readonly FetchItem[]): Promise<boolean> {
  const read = items.filter(({ name }) => !atHand.has(name));
  if (read.length === 0) return false;
  const wantsSource = read.some(({ name }) => /^(BODY\[(TEXT)?\]|RFC822(\.TEXT)?$)/.test(name));
  return (await unreadableCode(rooms.faults, message, wantsSource ? 'source' : 'envelope')) !== undefined;
}

/** `* 12 FETCH (FLAGS (\Seen))`; the flags are told along where telling the rest changes them. */
export function fetchResponse(
  selected: SelectedFolder,
  { message, sequence }: Numbered,
  items: readonly FetchItem[],
): Data[] {
  const marksSeen = items.some((item) => item.marksSeen) && !selected.isReadOnly && !hasFlag(message, '\\Seen');
  if (marksSeen && message.folder.holds(message)) message.folder.setFlag(message, '\\Seen', true);
  const told = marksSeen && !items.includes(flagsItem) ? [...items, flagsItem] : items;
  if (told.includes(flagsItem)) selected.knowsFlags(message);
  const data = told.flatMap((item, index) => [index > 0 ? ' ' : '', ...item.tell(message, selected)]);
  return [`* ${sequence} FETCH (`, ...data, ')\r\n'];
}

async function send(session: Session, response: readonly Data[]): Promise<void> {
  const { faults } = session.rooms;
  if (faults.dropDuringFetch <= 0) return session.connection.write(...response);
  faults.dropDuringFetch--;
  const octets = Buffer.concat(response.map((data) => (typeof data === 'string' ? Buffer.from(data, 'latin1') : data)));
  session.end(octets.toString('latin1', 0, octets.length >> 1));
  throw new ConnectionClosed();
}
