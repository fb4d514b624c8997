import type { StoredMessage } from '../store/store.js';
import type { CommandParser } from './command-parser.js';
import { readDate } from './dates.js';
import { canonicalFlag, hasFlag } from './flags.js';
import { messageTree } from './message-tree.js';
import { bad } from './refusal.js';
import { bodyContains, headerContains, sentDay, textContains } from './search-text.js';
import { readSequenceSet, resolveRanges, type Range } from './sequence-set.js';
import type { Numbered, SelectedFolder } from './selected-folder.js';

/** Whether a message is one that is searched for. */
export type SearchKey = (candidate: Numbered) => boolean | Promise<boolean>;

/** Reads search keys to the end of the command; all have to hold (RFC 3501 section 6.4.4). @throws Refusal BAD */
export function readSearchKeys(args: CommandParser, selected: SelectedFolder): SearchKey {
  return all(readKeys(args, selected, () => args.isAtEnd));
}

type Reader = (args: CommandParser, selected: SelectedFolder) => SearchKey;

const day = 24 * 60 * 60 * 1000;

const readers: Readonly<Record<string, Reader>> = {
  ALL: () => () => true,
  ...flagReaders({ ANSWERED: '\\Answered', DELETED: '\\Deleted', DRAFT: '\\Draft' }),
  ...flagReaders({ FLAGGED: '\\Flagged', SEEN: '\\Seen' }),
  KEYWORD: withFlag(true),
  UNKEYWORD: withFlag(false),
  NEW: isRecent(true, (message) => !hasFlag(message, '\\Seen')),
  OLD: isRecent(false),
  RECENT: isRecent(true),
  ...headerReaders('BCC', 'CC', 'FROM', 'SUBJECT', 'TO'),
  HEADER: (args) => {
    const field = spaced(args, () => args.text());
    const value = spaced(args, () => args.text());
    return ({ message }) => headerContains(message, field, value);
  },
  BODY: withText(bodyContains),
  TEXT: withText(textContains),
  BEFORE: withDay(receivedDay, (received, given) => received < given),
  ON: withDay(receivedDay, (received, given) => received === given),
  SINCE: withDay(receivedDay, (received, given) => received >= given),
  SENTBEFORE: withDay(sentDay, (sent, given) => sent < given),
  SENTON: withDay(sentDay, (sent, given) => sent === given),
  SENTSINCE: withDay(sentDay, (sent, given) => sent >= given),
  LARGER: withNumber((size, given) => size > given),
  SMALLER: withNumber((size, given) => size < given),
  UID: (args, selected) => {
    args.space();
    return within(args, selected, true);
  },
  NOT: (args, selected) => {
    args.space();
    const key = readKey(args, selected);
    return async (candidate) => !(await key(candidate));
  },
  OR: (args, selected) => {
    args.space();
    const one = readKey(args, selected);
    args.space();
    const other = readKey(args, selected);
    return async (candidate) => (await one(candidate)) || other(candidate);
  },
};

function readKeys(args: CommandParser, selected: SelectedFolder, isOver: () => boolean): [SearchKey, ...SearchKey[]] {
  const keys: [SearchKey, ...SearchKey[]] = [readKey(args, selected)];
  while (!isOver()) {
    args.space();
    keys.push(readKey(args, selected));
  }
  return keys;
}

function readKey(args: CommandParser, selected: SelectedFolder): SearchKey {
  if (args.accept('(')) return all(readKeys(args, selected, () => args.accept(')')));
  if (args.peekKeyword() === undefined) return within(args, selected, false);
  const name = args.keyword();
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (!reader) throw bad();
  return reader(args, selected);
}

function all(keys: readonly [SearchKey, ...SearchKey[]]): SearchKey {
  if (keys.length === 1) return keys[0];
  return async (candidate) => {
    for (const key of keys) if (!(await key(candidate))) return false;
    return true;
  };
}

function within(args: CommandParser, { messages }: SelectedFolder, byUid: boolean): SearchKey {
  const last = byUid ? (messages.at(-1)?.uid ?? 0) : messages.length;
  const ranges: Range[] = resolveRanges(readSequenceSet(args.sequenceSet()), last);
  return ({ message, sequence }) => {
    const number = byUid ? message.uid : sequence;
    return ranges.some(({ from, to }) => from <= number && number <= to);
  };
}

function flagReaders(flags: Readonly<Record<string, string>>): Record<string, Reader> {
  const pairs = Object.entries(flags).flatMap(([name, flag]): [string, Reader][] => [
    [
      name,
      () =>
        ({ message }) =>
          hasFlag(message, flag),
    ],
    [
      `UN${name}`,
      () =>
        ({ message }) =>
          !hasFlag(message, flag),
    ],
  ]);
  return Object.fromEntries(pairs);
}

function withFlag(wanted: boolean): Reader {
  return (args) => {
    const flag = spaced(args, () => canonicalFlag(args.flag()));
    return ({ message }) => hasFlag(message, flag) === wanted;
  };
}

function isRecent(wanted: boolean, also: (message: StoredMessage) => boolean = () => true): Reader {
  return (_, selected) =>
    ({ message }) =>
      selected.isRecent(message) === wanted && also(message);
}

function headerReaders(...names: readonly string[]): Record<string, Reader> {
  return Object.fromEntries(
    names.map((name) => [name, withText((message, value) => headerContains(message, name, value))]),
  );
}

function withText(holds: (message: StoredMessage, value: string) => boolean | Promise<boolean>): Reader {
  return (args) => {
    const value = spaced(args, () => args.text());
    return ({ message }) => holds(message, value);
  };
}

function withDay(
  dayOf: (message: StoredMessage) => number | undefined,
  holds: (of: number, given: number) => boolean,
): Reader {
  return (args) => {
    const given = spaced(args, () => readDate(args.astring()).getTime());
    return ({ message }) => {
      const of = dayOf(message);
      return of !== undefined && holds(of, given);
    };
  };
}

function withNumber(holds: (size: number, given: number) => boolean): Reader {
  return (args) => {
    const given = spaced(args, () => args.number());
    return ({ message }) => holds(messageTree(message).source.length, given);
  };
}

function receivedDay({ receivedAt }: StoredMessage): number {
  return Math.floor(receivedAt.getTime() / day) * day;
}

function spaced<T>(args: CommandParser, read: () => T): T {
  args.space();
  return read();
}
