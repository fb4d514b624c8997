import type { Folder as EwsFolder, FolderId } from 'ews-javascript-api';
import { ExchangeError, isExchangeError } from '../../errors.js';
import { folderNotFound } from '../folder-path.js';
import type { CallOptions, Folder, FolderPath, WellKnownFolder } from '../transport.js';
import type { EwsSession, Library } from './ews-session.js';
import { escapeXml } from './escape-xml.js';
import { responseMessages } from './read-items.js';
import { getFolder } from './requests.js';
import { wellKnownFolder } from './well-known-folders.js';
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
    const { FolderId: Id } = await this.#session.library();
    let parent: FolderId | undefined;
    let folder: Folder | undefined;
    for (const [depth, name] of path.entries()) {
      folder = await this.#child(parent, name, options);
      if (!folder) {
        const present = await this.#children(parent, options);
        throw folderNotFound(path, this.#session.address, { present, depth });
      }
      parent = new Id(escapeXml(folder.id));
    }
    return folder!;
  }

  /** As it is spelt, else in any case, as Exchange compares. */
  async #child(parent: FolderId | undefined, name: string, options: CallOptions): Promise<Folder | undefined> {
    const library = await this.#session.library();
    const filter = new library.SearchFilter.IsEqualTo(library.FolderSchema.DisplayName, escapeXml(name));
    const view = new library.FolderView(10);
    view.PropertySet = shape(library);
    const { Folders: found } = await this.#session.call(lookUp(name, options), (service) =>
      service.FindFolders(parent ?? this.#top(library), filter, view),
    );
    const folder = found.find(({ DisplayName }) => DisplayName === name) ?? found[0];
    return folder && asFolder(folder);
  }

  /** Those that hold mail. */
  async #children(parent: FolderId | undefined, options: CallOptions): Promise<Folder[]> {
    const library = await this.#session.library();
    const view = new library.FolderView(longestList);
    view.PropertySet = shape(library);
    view.PropertySet.Add(library.FolderSchema.FolderClass);
    const { Folders: found } = await this.#session.call(lookUp('', options), (service) =>
      service.FindFolders(parent ?? this.#top(library), view),
    );
    return found.filter(({ FolderClass }) => FolderClass?.startsWith('IPF.Note') ?? true).map(asFolder);
  }

  #top(library: Library): FolderId {
    return wellKnownFolder(library, this.#session, 'top');
  }
}

function shape({ BasePropertySet, FolderSchema, PropertySet }: Library) {
  return new PropertySet(BasePropertySet.IdOnly, [FolderSchema.DisplayName]);
}

function gotten(envelope: XmlElement): Folder {
  const folder = find(responseMessages(envelope)[0], 'Folders')?.children[0];
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

function asFolder(folder: EwsFolder): Folder {
  return { id: folder.Id.UniqueId, name: folder.DisplayName };
}
