import type { StoredMessage } from '../store/store.js';
import { bodyStructure } from './body-structure.js';
import type { CommandParser } from './command-parser.js';
import type { Data } from '../server/connection.js';
import { envelope } from './envelope.js';
import { dateTime } from './format.js';
import { messageTree } from './message-tree.js';
import { bad } from './refusal.js';
import { readSection, sectionOf, writeSection } from './section.js';
import type { SelectedFolder } from './selected-folder.js';

/** One thing that FETCH tells of a message. */
export interface FetchItem {
  readonly name: string;
  /** Whether telling it marks the message as read. */
  readonly marksSeen?: boolean;
  tell(message: StoredMessage, selected: SelectedFolder): Data[];
}

export const uidItem: FetchItem = { name: 'UID', tell: (message) => [`UID ${message.uid}`] };

export const flagsItem: FetchItem = {
  name: 'FLAGS',
  tell: (message, selected) => [`FLAGS ${selected.flagList(message)}`],
};

const simple: Readonly<Record<string, FetchItem>> = {
  UID: uidItem,
  FLAGS: flagsItem,
  INTERNALDATE: item('INTERNALDATE', (message) => dateTime(message.receivedAt)),
  'RFC822.SIZE': item('RFC822.SIZE', (message) => `${messageTree(message).source.length}`),
  ENVELOPE: item('ENVELOPE', (message) => envelope(messageTree(message).header)),
  BODYSTRUCTURE: item('BODYSTRUCTURE', (message) => bodyStructure(messageTree(message), true)),
  BODY: item('BODY', (message) => bodyStructure(messageTree(message), false)),
  RFC822: whole('RFC822', (message) => messageTree(message).source, true),
  'RFC822.HEADER': whole('RFC822.HEADER', (message) => messageTree(message).headerSource, false),
  'RFC822.TEXT': whole('RFC822.TEXT', (message) => messageTree(message).body, true),
};

const fast = ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'];
const macros: Readonly<Record<string, readonly string[]>> = {
  FAST: fast,
  ALL: [...fast, 'ENVELOPE'],
  FULL: [...fast, 'ENVELOPE', 'BODY'],
};

/** Reads which items a FETCH asks for. @throws Refusal BAD */
export function readFetchItems(args: CommandParser): FetchItem[] {
  const macro = macros[args.peekKeyword() ?? ''];
  if (macro) {
    args.keyword();
    return macro.map((name) => simple[name]!);
  }
  if (!args.accept('(')) return [readItem(args)];
  const items = [readItem(args)];
  while (args.accept(' ')) items.push(readItem(args));
  args.expect(')');
  return items;
}

function readItem(args: CommandParser): FetchItem {
  const name = args.keyword();
  const isBody = name === 'BODY' || name === 'BODY.PEEK';
  if (isBody && args.accept('[')) return readBodySection(args, name === 'BODY');
  const found = Object.hasOwn(simple, name) ? simple[name] : undefined;
  if (!found) throw bad();
  return found;
}

function readBodySection(args: CommandParser, marksSeen: boolean): FetchItem {
  const section = readSection(args);
  const partial = args.accept('<') ? readPartial(args) : undefined;
  const name = `BODY[${writeSection(section)}]${partial ? `<${partial.origin}>` : ''}`;
  const read = (message: StoredMessage) => {
    const octets = sectionOf(messageTree(message), section);
    return partial && octets ? octets.subarray(partial.origin, partial.origin + partial.count) : octets;
  };
  return whole(name, read, marksSeen);
}

function readPartial(args: CommandParser): { readonly origin: number; readonly count: number } {
  const origin = args.number();
  args.expect('.');
  const count = args.number();
  args.expect('>');
  if (count === 0) throw bad();
  return { origin, count };
}

function item(name: string, tell: (message: StoredMessage) => string): FetchItem {
  return { name, tell: (message) => [`${name} ${tell(message)}`] };
}

function whole(name: string, read: (message: StoredMessage) => Buffer | undefined, marksSeen: boolean): FetchItem {
  return {
    name,
    marksSeen,
    tell(message) {
      const octets = read(message);
      return octets ? [`${name} {${octets.length}}\r\n`, octets] : [`${name} NIL`];
    },
  };
}
