import type { Folder as EwsFolder, FolderId } from 'ews-javascript-api';
import { isExchangeError } from '../../errors.js';
import { folderNotFound } from '../folder-path.js';
import type { CallOptions, Folder, FolderPath, WellKnownFolder } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { escapeXml } from './escape-xml.js';
import { wellKnownFolder } from './well-known-folders.js';

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
    const id = wellKnownFolder(this.#session, name);
    try {
      const { Folder: Library } = this.#session.library;
      const look = lookUp(name, options);
      return asFolder(await this.#session.call(look, (service) => Library.Bind(service, id, this.#shape())));
    } catch (error) {
      if (!isMissing(error, name)) throw error;
      // Who may not see the mailbox is told so by the first failure.
      const present = await this.#children(this.#top, options).catch(() => Promise.reject(error));
      const archive = present.find((folder) => name === 'archive' && folder.name === 'Archive');
      if (archive) return archive;
      throw folderNotFound(name, this.#session.address, { present });
    }
  }

  async #walk(path: readonly string[], options: CallOptions): Promise<Folder> {
    let parent = this.#top;
    let folder: Folder | undefined;
    for (const [depth, name] of path.entries()) {
      folder = await this.#child(parent, name, options);
      if (!folder) {
        const present = await this.#children(parent, options);
        throw folderNotFound(path, this.#session.address, { present, depth });
      }
      parent = new this.#session.library.FolderId(escapeXml(folder.id));
    }
    return folder!;
  }

  /** As it is spelt, else in any case, as Exchange compares. */
  async #child(parent: FolderId, name: string, options: CallOptions): Promise<Folder | undefined> {
    const { FolderSchema, FolderView, SearchFilter } = this.#session.library;
    const filter = new SearchFilter.IsEqualTo(FolderSchema.DisplayName, escapeXml(name));
    const view = new FolderView(10);
    view.PropertySet = this.#shape();
    const { Folders: found } = await this.#session.call(lookUp(name, options), (service) =>
      service.FindFolders(parent, filter, view),
    );
    const folder = found.find(({ DisplayName }) => DisplayName === name) ?? found[0];
    return folder && asFolder(folder);
  }

  /** Those that hold mail. */
  async #children(parent: FolderId, options: CallOptions): Promise<Folder[]> {
    const { FolderSchema, FolderView } = this.#session.library;
    const view = new FolderView(longestList);
    view.PropertySet = this.#shape();
    view.PropertySet.Add(FolderSchema.FolderClass);
    const { Folders: found } = await this.#session.call(lookUp('', options), (service) =>
      service.FindFolders(parent, view),
    );
    return found.filter(({ FolderClass }) => FolderClass?.startsWith('IPF.Note') ?? true).map(asFolder);
  }

  #shape() {
    const { BasePropertySet, FolderSchema, PropertySet } = this.#session.library;
    return new PropertySet(BasePropertySet.IdOnly, [FolderSchema.DisplayName]);
  }

  get #top(): FolderId {
    return wellKnownFolder(this.#session, 'top');
  }
}

/** A server that is too old to know the Archive folder refuses the very question. */
function isMissing(error: unknown, name: WellKnownFolder): boolean {
  if (!isExchangeError(error)) return false;
  return error.code === 'FOLDER_NOT_FOUND' || (name === 'archive' && error.code === 'PROTOCOL');
}

function lookUp(name: string, { signal }: CallOptions) {
  return { operation: name ? `looking up the folder ${name}` : 'listing the folders', repeatable: true, signal };
}

function asFolder(folder: EwsFolder): Folder {
  return { id: folder.Id.UniqueId, name: folder.DisplayName };
}
