import { ExchangeError } from '../errors.js';
import { kindOf } from '../input/kind-of.js';
import { nearestName } from '../input/nearest-name.js';
import { textFault } from '../input/text-fault.js';
import type { Folder, FolderPath, WellKnownFolder } from './transport.js';

const names: Readonly<Record<WellKnownFolder, true>> = {
  inbox: true,
  sentitems: true,
  drafts: true,
  deleteditems: true,
  junkemail: true,
  archive: true,
};

export const wellKnownFolders = Object.keys(names) as readonly WellKnownFolder[];

/** Characters of a folder's name, and folders in folders: more than any server takes. */
const longestName = 1000;
const deepest = 300;

/** What is wrong with a folder that somebody names, after its name: nothing where there can be such a one. */
export function folderFault(path: unknown): string | undefined {
  if (typeof path === 'string') return wellKnownFault(path);
  if (!Array.isArray(path)) return `must be ${forms}; this is ${kindOf(path)}`;
  if (path.length === 0 || path.length > deepest) return `must be ${forms}; this path has ${path.length} names`;
  // A hole is undefined, which `some` and `map` pass over.
  return [...path].map(nameFault).find((fault) => fault !== undefined);
}

/** `Projects / Alpha`, whatever it is. */
export function describeFolder(path: unknown): string {
  if (typeof path === 'string') return path;
  return Array.isArray(path) ? [...path].map(nameOf).join(' / ') : kindOf(path);
}

const forms = `one of ${wellKnownFolders.join(', ')}, or a path of names, ['Projects', 'Alpha']`;

export interface PresentFolders {
  /** Those that are there. */
  readonly present: readonly Pick<Folder, 'name'>[];
  /** How many of the path's names were found, where they were looked up one by one: those present are in the last. */
  readonly depth?: number;
}

/** The error for a folder that is not there, with those that are. */
export function folderNotFound(path: FolderPath, mailbox: string, { present, depth }: PresentFolders): ExchangeError {
  const place = depth ? describeFolder(path.slice(0, depth)) : 'the mailbox';
  const missing = depth === undefined ? describeFolder(path) : path[depth];
  const more = present.length > listed ? ` and ${present.length - listed} more` : '';
  const found = present.slice(0, listed).map(({ name }) => name);
  const others = present.length > 0 ? `there are ${found.join(', ')}${more}` : 'it holds none';
  const summary = `The folder ${describeFolder(path)} in the mailbox ${mailbox} does not exist.`;
  const advice = [`there is no ${missing} in ${place}: ${others}`];
  const split = typeof path === 'string' ? [] : path.flatMap(splitPath);
  if (split.length > path.length) advice.push(`a path has a name for each folder: ${writtenPath(split)}`);
  return new ExchangeError('FOLDER_NOT_FOUND', summary, { advice });
}

/** How many folders are listed. */
const listed = 30;

function wellKnownFault(name: string): string | undefined {
  if (Object.hasOwn(names, name)) return undefined;
  const written = name.slice(0, longestName);
  const meant = nearestName(name, wellKnownFolders);
  const split = splitPath(written);
  const path = split.length === 0 ? '' : `; a folder of your own is a path: ${writtenPath(split)}`;
  return `is ${JSON.stringify(written)}, which is no well-known folder: ${meant ? `did you mean ${meant}? ` : ''}There are ${wellKnownFolders.join(', ')}${path}`;
}

/** What other programs write as one text: `Projects/None`, `\Projects\None`. */
function splitPath(text: string): string[] {
  return text
    .split(/[/\\]/)
    .map((name) => name.trim())
    .filter(Boolean);
}

function writtenPath(path: readonly string[]): string {
  return `[${path.map((name) => JSON.stringify(name)).join(', ')}]`;
}

function nameFault(name: unknown): string | undefined {
  const fault = textFault(name, { longest: longestName });
  return fault && `has a name in it that ${fault}`;
}

function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : kindOf(name);
}
