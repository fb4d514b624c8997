import type { StoredFolder } from '../../store/store.js';
import type { Command } from '../command.js';
import type { CommandParser } from '../command-parser.js';
import { delimiter, foldersOf, pathOf, readPath, specialUses, wirePath } from '../folder-paths.js';
import { list as parenthesised } from '../format.js';
import { bad } from '../refusal.js';
import type { Session } from '../session.js';

/** RFC 3501 section 6.3.8; the options of RFC 6154 too, which Exchange has not. */
export const list: Command = {
  state: 'authenticated',
  async run(session, args) {
    args.space();
    if (session.rooms.isExchange && args.peek('(')) throw bad();
    const selection = args.optional('(', () => readOptions(args, ['SPECIAL-USE', 'SUBSCRIBED'])) ?? [];
    const patterns = readPatterns(args);
    // All that may be asked for is told anyway.
    if (!session.rooms.isExchange && args.accept(' RETURN ')) readOptions(args, ['SPECIAL-USE', 'CHILDREN']);
    args.end();
    if (patterns.every((pattern) => pattern === '')) return tell(session, [`LIST (\\Noselect) "${delimiter}" ""`]);
    const folders = foldersOf(session.account)
      .filter((folder) => patterns.some((pattern) => matches(pathOf(folder), pattern)))
      .filter((folder) => !selection.includes('SPECIAL-USE') || specialUse(folder) !== undefined)
      .filter((folder) => !selection.includes('SUBSCRIBED') || folder.isSubscribed);
    // Exchange lists by name.
    if (session.rooms.isExchange) folders.sort((one, other) => pathOf(one).localeCompare(pathOf(other)));
    await tell(
      session,
      folders.map((folder) => line('LIST', folder, session)),
    );
  },
};

export const lsub: Command = {
  state: 'authenticated',
  async run(session, args) {
    args.space();
    const patterns = readPatterns(args);
    args.end();
    const folders = foldersOf(session.account)
      .filter((folder) => folder.isSubscribed)
      .filter((folder) => patterns.some((pattern) => matches(pathOf(folder), pattern)));
    await tell(
      session,
      folders.map((folder) => line('LSUB', folder, session)),
    );
  },
};

/** RFC 2342 */
export const namespace: Command = {
  state: 'authenticated',
  async run(session, args) {
    args.end();
    await tell(session, [`NAMESPACE (("" "${delimiter}")) NIL NIL`]);
  },
};

async function tell({ connection }: Session, answers: readonly string[]): Promise<void> {
  await connection.write(answers.map((answer) => `* ${answer}\r\n`).join(''));
}

function line(name: string, folder: StoredFolder, { rooms }: Session): string {
  const hasChildren = foldersOf(folder.account).some(({ parent }) => parent === folder);
  const use = specialUse(folder);
  const attributes = [
    ...(rooms.isExchange && rooms.recent.of(folder).length > 0 ? ['\\Marked'] : []),
    hasChildren ? '\\HasChildren' : '\\HasNoChildren',
    ...(use && !(rooms.isExchange && use === '\\Archive') ? [use] : []),
  ];
  const path = wirePath(pathOf(folder));
  // Exchange quotes what needs it.
  const shown = rooms.isExchange ? path.replace(/^"([\w&,+./-]+)"$/, '$1') : path;
  return `${name} ${parenthesised(attributes)} "${delimiter}" ${shown}`;
}

function specialUse({ role }: StoredFolder): string | undefined {
  return role && specialUses[role];
}

/** A reference, and one pattern or several. */
function readPatterns(args: CommandParser): string[] {
  const reference = args.astring();
  args.space();
  const patterns = args.peek('(') ? args.list(() => args.listMailbox()) : [args.listMailbox()];
  return patterns.map((pattern) => (pattern === '' ? '' : readPath(reference + pattern)));
}

/** @throws Refusal BAD where one is not known */
function readOptions(args: CommandParser, known: readonly string[]): string[] {
  const options = args.list(() => args.keyword());
  if (!options.every((option) => known.includes(option))) throw bad();
  return options;
}

/** `*` stands for anything, `%` for anything within a level. */
function matches(path: string, pattern: string): boolean {
  const expression = pattern.replace(/[\\^$.*+?()[\]{}|%]/g, (special) =>
    special === '*' ? '.*' : special === '%' ? `[^${delimiter}]*` : `\\${special}`,
  );
  return new RegExp(`^${expression}$`, 's').test(path);
}
