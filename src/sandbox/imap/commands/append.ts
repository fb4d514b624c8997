import type { Command } from '../command.js';
import type { CommandParser } from '../command-parser.js';
import { readDateTime } from '../dates.js';
import { canonicalFlag } from '../flags.js';
import { folderAt, readPath } from '../folder-paths.js';

export const append: Command = {
  state: 'authenticated',
  run({ account }, args) {
    args.space();
    const path = readPath(args.astring());
    args.space();
    const flags = optional(args, '(', () => args.list(() => canonicalFlag(args.flag()))) ?? [];
    const receivedAt = optional(args, '"', () => readDateTime(args.quotedOrLiteral())) ?? new Date();
    const source = args.literal();
    args.end();
    const folder = folderAt(account, path, 'TRYCREATE');
    const { uid } = folder.add({ source, flags, receivedAt });
    return { code: `APPENDUID ${folder.uidValidity} ${uid}` };
  },
};

/** What begins so, if it is there, and the space after it. */
function optional<T>(args: CommandParser, start: string, read: () => T): T | undefined {
  if (!args.peek(start)) return undefined;
  const value = read();
  args.space();
  return value;
}
