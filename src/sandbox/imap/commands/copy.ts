import type { StoredFolder, StoredMessage } from '../../store/store.js';
import type { Command } from '../command.js';
import type { CommandParser } from '../command-parser.js';
import { folderAt, readPath } from '../folder-paths.js';
import { no } from '../refusal.js';
import { readSequenceSet, writeSequenceSet } from '../sequence-set.js';
import type { Session } from '../session.js';

export const copy: Command = {
  state: 'selected',
  run(session, args, byUid) {
    const { messages, to } = readTransfer(session, args, byUid);
    const copies = messages.map((message) => message.folder.copy(message, to));
    return copies.length > 0 ? { code: copyUid(messages, copies, to) } : {};
  },
};

/** RFC 6851: the new uids are told before the messages vanish. */
export const move: Command = {
  state: 'selected',
  async run(session, args, byUid) {
    const { messages, to } = readTransfer(session, args, byUid);
    if (session.selected.isReadOnly) throw no('The folder is selected read-only.', 'READ-ONLY');
    const moved = messages.map((message) => message.folder.move(message, to));
    if (moved.length > 0) await session.connection.write(`* OK [${copyUid(messages, moved, to)}]\r\n`);
  },
};

function readTransfer({ account, selected }: Session, args: CommandParser, byUid: boolean) {
  args.space();
  const ranges = readSequenceSet(args.sequenceSet());
  args.space();
  const path = readPath(args.astring());
  args.end();
  const named = selected.select(ranges, byUid).map(({ message }) => message);
  const to = folderAt(account, path, 'TRYCREATE');
  return { messages: named.filter((message) => message.folder.holds(message)), to };
}

/** RFC 4315 section 3 */
function copyUid(from: readonly StoredMessage[], copies: readonly StoredMessage[], to: StoredFolder): string {
  const [uids, newUids] = [from, copies].map((each) => writeSequenceSet(each.map(({ uid }) => uid)));
  return `COPYUID ${to.uidValidity} ${uids} ${newUids}`;
}
