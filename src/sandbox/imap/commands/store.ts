import type { Command } from '../command.js';
import type { CommandParser } from '../command-parser.js';
import { flagsItem, uidItem } from '../fetch-items.js';
import { canonicalFlag, changeFlags, exchangeFlags } from '../flags.js';
import { bad, no } from '../refusal.js';
import { readSequenceSet } from '../sequence-set.js';
import { fetchResponse } from './fetch.js';

export const store: Command = {
  state: 'selected',
  keepsNumbers: true,
  async run({ selected, connection, rooms }, args, byUid) {
    args.space();
    const ranges = readSequenceSet(args.sequenceSet());
    args.space();
    const { how, isSilent } = readItem(args);
    args.space();
    const given = readFlags(args);
    args.end();
    const flags = rooms.isExchange ? given.filter((flag) => exchangeFlags.includes(flag)) : given;
    if (selected.isReadOnly) throw no('The folder is selected read-only.', 'READ-ONLY');
    const items = byUid ? [uidItem, flagsItem] : [flagsItem];
    for (const numbered of selected.select(ranges, byUid)) {
      const { message } = numbered;
      const knew = !selected.awaitsFlags(message);
      if (message.folder.holds(message)) changeFlags(message, how, flags);
      if (!isSilent) await connection.write(...fetchResponse(selected, numbered, items));
      // What another session changed before is still to be told.
      else if (knew) selected.knowsFlags(message);
    }
  },
};

function readItem(args: CommandParser): { readonly how: '+' | '-' | ''; readonly isSilent: boolean } {
  const how = args.accept('+') ? '+' : args.accept('-') ? '-' : '';
  const name = args.keyword();
  if (name !== 'FLAGS' && name !== 'FLAGS.SILENT') throw bad();
  return { how, isSilent: name.endsWith('.SILENT') };
}

/** With or without brackets. */
function readFlags(args: CommandParser): string[] {
  const read = () => canonicalFlag(args.flag());
  if (args.peek('(')) return args.list(read);
  const flags = [read()];
  while (args.accept(' ')) flags.push(read());
  return flags;
}
