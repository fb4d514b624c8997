import { ExchangeError, isExchangeError } from '../../errors.js';
import { folderNotFound } from '../folder-path.js';
import type { CallOptions, Folder, FolderPath, WellKnownFolder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { responseMessages } from './read-items.js';
import { findFolder, getFolder } from './requests.js';
import { find, textAt, type XmlElement } from './xml-tree.js';

/** How many folders are looked at where one is not there. */
const longestList = 200;

/** Looks folders up, each path once. */
export class Folders {
  readonly #session: EwsSession;
  readonly #found = new Map<string, Folder>();

  constructor(session: EwsSession) {
    this.#session = session;
  }

  async find(path: FolderPath, options: CallOptions = {}): Promise<Folder> {
    const key = JSON.stringify(path);
    const known = this.#found.get(key);
    if (known) return known;
    const folder = typeof path === 'string' ? await this.#wellKnown(path, options) : await this.#walk(path, options);
    this.#found.set(key, folder);
    return folder;
  }

  async #wellKnown(name: WellKnownFolder, options: CallOptions): Promise<Folder> {
    try {
      return await this.#session.ask(lookUp(name, options), getFolder(name, this.#session.owner), gotten);
    } catch (error) {
      if (!isMissing(error, name)) throw error;
      // Who may not see the mailbox is told so by the first failure.
      const present = await this.#children(undefined, options).catch(() => Promise.reject(error));
      const archive = present.find((folder) => name === 'archive' && folder.name === 'Archive');
      if (archive) return archive;
      throw folderNotFound(name, this.#session.address, { present });
    }
  }

  async #walk(path: readonly string[], options: CallOptions): Promise<Folder> {
    let folder: Folder | undefined;
    for (const [depth, name] of path.entries()) {
      const parent = folder?.id;
      folder = await this.#child(parent, name, options);
      if (!folder) {
        const present = await this.#children(parent, options);
        throw folderNotFound(path, this.#session.address, { present, depth });
      }
    }
    return folder!;
  }

  /** As it is spelt, else in any case, as Exchange compares. */
  async #child(parent: string | undefined, name: string, options: CallOptions): Promise<Folder | undefined> {
    const request = findFolder({ parent, name, count: 10, mailbox: this.#session.owner });
    const found = (await this.#session.ask(lookUp(name, options), request, foundFolders)).map(asFolder);
    return found.find((folder) => folder.name === name) ?? found[0];
  }

  /** Those that hold mail. */
  async #children(parent: string | undefined, options: CallOptions): Promise<Folder[]> {
    const request = findFolder({ parent, count: longestList, mailbox: this.#session.owner });
    const found = await this.#session.ask(lookUp('', options), request, foundFolders);
    return found.filter((folder) => textAt(folder, 'FolderClass')?.startsWith('IPF.Note') ?? true).map(asFolder);
  }
}

function foundFolders(envelope: XmlElement): readonly XmlElement[] {
  return find(responseMessages(envelope)[0], 'RootFolder', 'Folders')?.children ?? [];
}

function gotten(envelope: XmlElement): Folder {
  return asFolder(find(responseMessages(envelope)[0], 'Folders')?.children[0]);
}

function asFolder(folder: XmlElement | undefined): Folder {
  const id = find(folder, 'FolderId')?.attributes.Id;
  if (id === undefined) throw new ExchangeError('PROTOCOL', 'it has no folder');
  return { id, name: textAt(folder, 'DisplayName') ?? '' };
}

/** A server that is too old to know the Archive folder refuses the very question. */
function isMissing(error: unknown, name: WellKnownFolder): boolean {
  if (!isExchangeError(error)) return false;
  return error.code === 'FOLDER_NOT_FOUND' || (name === 'archive' && error.code === 'PROTOCOL');
}

function lookUp(name: string, { signal }: CallOptions) {
  return { operation: name ? `looking up the folder ${name}` : 'listing the folders', repeatable: true, signal };
}
