import type { Command } from '../command.js';
import type { CommandParser } from '../command-parser.js';
import { no } from '../refusal.js';
import { readSearchKeys } from '../search-keys.js';

export const search: Command = {
  state: 'selected',
  keepsNumbers: true,
  async run({ selected, connection }, args, byUid) {
    args.space();
    if (args.peekKeyword() === 'CHARSET') readCharset(args);
    const holds = readSearchKeys(args, selected);
    const found: number[] = [];
    for (const [index, message] of [...selected.messages].entries()) {
      const sequence = index + 1;
      const verdict = holds({ message, sequence });
      // Awaiting what is known already would take most of the time.
      if (typeof verdict === 'boolean' ? verdict : await verdict) found.push(byUid ? message.uid : sequence);
    }
    await connection.write(`* ${['SEARCH', ...found].join(' ')}\r\n`);
  },
};

function readCharset(args: CommandParser): void {
  args.keyword();
  args.space();
  const charset = args.astring().toUpperCase();
  if (!['US-ASCII', 'UTF-8'].includes(charset))
    throw no('The charset is not supported.', 'BADCHARSET (US-ASCII UTF-8)');
  args.space();
}
