import type { Command } from '../command.js';
import { ConnectionClosed, type Data } from '../connection.js';
import { flagsItem, readFetchItems, uidItem, type FetchItem } from '../fetch-items.js';
import { hasFlag } from '../flags.js';
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
    for (const numbered of session.selected.select(ranges, byUid)) {
      await send(session, fetchResponse(session.selected, numbered, items));
    }
  },
};

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
