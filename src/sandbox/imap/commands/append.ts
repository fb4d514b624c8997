import type { Command } from '../command.js';
import { readDateTime } from '../dates.js';
import { canonicalFlag } from '../flags.js';
import { folderAt, readPath } from '../folder-paths.js';

export const append: Command = {
  state: 'authenticated',
  run({ account }, args) {
    args.space();
    const path = readPath(args.astring());
    args.space();
    const flags = args.optional('(', () => args.list(() => canonicalFlag(args.flag()))) ?? [];
    const receivedAt = args.optional('"', () => readDateTime(args.quotedOrLiteral())) ?? new Date();
    const source = args.literal();
    args.end();
    const folder = folderAt(account, path, 'TRYCREATE');
    const { uid } = folder.add({ source, flags, receivedAt });
    return { code: `APPENDUID ${folder.uidValidity} ${uid}` };
  },
};
