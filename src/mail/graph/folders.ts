import { isExchangeError } from '../../errors.js';
import { folderNotFound } from '../folder-path.js';
import type { CallOptions, Folder, FolderPath, WellKnownFolder } from '../transport.js';
import { text } from './graph-answer.js';
import type { GraphSession } from './graph-session.js';
import { listPages } from './read-folder.js';

const query = '$select=id,displayName';
const pageSize = 100;
/** Pages of folders in one folder. */
const longestList = 50;

/** Looks folders up, each path once. */
export class Folders {
  readonly #session: GraphSession;
  readonly #found = new Map<string, Folder>();

  constructor(session: GraphSession) {
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

  /** Graph knows them by the very names of this package: https://learn.microsoft.com/graph/api/resources/mailfolder */
  async #wellKnown(name: WellKnownFolder, options: CallOptions): Promise<Folder> {
    const path = `${this.#top}/${encodeURIComponent(name)}?${query}`;
    try {
      return asFolder(await this.#session.read(lookUp(name, options), { method: 'GET', path }));
    } catch (error) {
      if (!isExchangeError(error) || error.code !== 'FOLDER_NOT_FOUND') throw error;
      // Who may not see the mailbox is told so by the first failure.
      const present = await this.#children(this.#top, name, options).catch(() => Promise.reject(error));
      throw folderNotFound(name, this.#session.address, { present });
    }
  }

  async #walk(path: readonly string[], options: CallOptions): Promise<Folder> {
    let folders = this.#top;
    let folder: Folder | undefined;
    for (const [depth, name] of path.entries()) {
      const present = await this.#children(folders, name, options);
      folder = childNamed(present, name);
      if (!folder) throw folderNotFound(path, this.#session.address, { present, depth });
      folders = `${this.#top}/${encodeURIComponent(folder.id)}/childFolders`;
    }
    return folder!;
  }

  async #children(folders: string, wanted: string, options: CallOptions): Promise<Folder[]> {
    const children: Folder[] = [];
    const path = `${folders}?${query}&$top=${pageSize}`;
    let pages = 0;
    for await (const page of listPages(this.#session, lookUp(wanted, options), { path })) {
      for (const value of page) children.push(asFolder(value));
      if (++pages === longestList) break;
    }
    return children;
  }

  get #top(): string {
    return `${this.#session.root}/mailFolders`;
  }
}

function lookUp(name: string, { signal }: CallOptions) {
  return { operation: `looking up the folder ${name}`, isAboutFolder: true, signal };
}

/** As it is spelt, else in any case, as Exchange compares. */
function childNamed(children: readonly Folder[], name: string): Folder | undefined {
  const lower = name.toLowerCase();
  return children.find((child) => child.name === name) ?? children.find((child) => child.name.toLowerCase() === lower);
}

function asFolder({ id, displayName }: Readonly<Record<string, unknown>>): Folder {
  return { id: text(id), name: text(displayName) };
}
