import type { StoredFolder } from '../../store/store.js';
import type { Command } from '../command.js';
import type { CommandParser } from '../command-parser.js';
import { exchangeFlags, hasFlag, systemFlags } from '../flags.js';
import { folderAt, pathOf, readPath, wirePath } from '../folder-paths.js';
import { list } from '../format.js';
import { bad } from '../refusal.js';
import { SelectedFolder } from '../selected-folder.js';
import type { Completion, Session } from '../session.js';

export const select: Command = { state: 'authenticated', run: (session, args) => open(session, args, false) };

export const examine: Command = { state: 'authenticated', run: (session, args) => open(session, args, true) };

/** RFC 3691 */
export const unselect: Command = {
  state: 'selected',
  run(session, args) {
    args.end();
    session.select(undefined);
  },
};

export const status: Command = {
  state: 'authenticated',
  async run({ account, connection, rooms }, args) {
    args.space();
    const folder = folderAt(account, readPath(args.astring()));
    args.space();
    const items = args.list(() => args.keyword());
    args.end();
    const figures: Readonly<Record<string, () => number>> = {
      MESSAGES: () => folder.messages.length,
      RECENT: () => rooms.recent.of(folder).length,
      UIDNEXT: () => folder.uidNext,
      UIDVALIDITY: () => folder.uidValidity,
      UNSEEN: () => folder.messages.filter(isUnseen).length,
    };
    if (items.length === 0 || !items.every((item) => Object.hasOwn(figures, item))) throw bad();
    const answer = list(items.map((item) => `${item} ${figures[item]!()}`));
    await connection.write(`* STATUS ${wirePath(pathOf(folder))} ${answer}\r\n`);
  },
};

async function open(session: Session, args: CommandParser, isReadOnly: boolean): Promise<Completion> {
  args.space();
  const path = readPath(args.astring());
  args.end();
  // Where it fails, nothing is selected any more (RFC 3501 section 6.3.1).
  session.select(undefined);
  const folder = folderAt(session.account, path);
  const { store, recent } = session.rooms;
  const selected = new SelectedFolder(folder, { store, recent, isReadOnly });
  session.select(selected);
  await session.connection.write(describe(selected, session.rooms.isExchange));
  return { code: isReadOnly ? 'READ-ONLY' : 'READ-WRITE' };
}

function describe({ folder, messages, recentCount, isReadOnly }: SelectedFolder, isExchange: boolean): string {
  // Exchange has keywords of its own, and clients can't add to them.
  const [flags, settable] = isExchange
    ? [exchangeFlags, exchangeFlags]
    : [
        [...systemFlags, ...folder.keywords],
        [...systemFlags, '\\*'],
      ];
  const unseen = messages.findIndex(isUnseen) + 1;
  return [
    `${messages.length} EXISTS`,
    `${recentCount} RECENT`,
    `FLAGS ${list(flags)}`,
    `OK [PERMANENTFLAGS ${list(isReadOnly ? [] : settable)}] Permanent flags`,
    ...(unseen > 0 ? [`OK [UNSEEN ${unseen}] Is the first unseen message`] : []),
    `OK [UIDVALIDITY ${folder.uidValidity}] UIDVALIDITY value`,
    `OK [UIDNEXT ${folder.uidNext}] The next unique identifier value`,
  ]
    .map((answer) => `* ${answer}\r\n`)
    .join('');
}

function isUnseen(message: StoredFolder['messages'][number]): boolean {
  return !hasFlag(message, '\\Seen');
}
