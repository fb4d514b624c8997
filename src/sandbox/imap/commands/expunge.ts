import type { Command } from '../command.js';
import { hasFlag } from '../flags.js';
import { no } from '../refusal.js';
import { readSequenceSet } from '../sequence-set.js';
import type { SelectedFolder } from '../selected-folder.js';
import type { StoredMessage } from '../../store/store.js';

export const expunge: Command = {
  state: 'selected',
  run({ selected }, args) {
    args.end();
    removeDeleted(writable(selected), selected.messages);
  },
};

/** RFC 4315 section 2.1 */
export const uidExpunge: Command = {
  state: 'selected',
  run({ selected }, args, byUid) {
    args.space();
    const ranges = readSequenceSet(args.sequenceSet());
    args.end();
    const named = writable(selected).select(ranges, byUid);
    removeDeleted(
      selected,
      named.map(({ message }) => message),
    );
  },
};

/** Expunges without a word of it. */
export const close: Command = {
  state: 'selected',
  run(session, args) {
    args.end();
    const { selected } = session;
    session.select(undefined);
    if (!selected.isReadOnly) removeDeleted(selected, selected.messages);
  },
};

function writable(selected: SelectedFolder): SelectedFolder {
  if (selected.isReadOnly) throw no('The folder is selected read-only.', 'READ-ONLY');
  return selected;
}

function removeDeleted({ folder }: SelectedFolder, messages: readonly StoredMessage[]): void {
  const deleted = messages.filter((message) => folder.holds(message) && hasFlag(message, '\\Deleted'));
  // The last one first: none has to move up then.
  for (const message of deleted.toReversed()) folder.remove(message);
}
