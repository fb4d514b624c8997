import type { Folder as EwsFolder, FolderId } from 'ews-javascript-api';
import { ExchangeError } from '../../errors.js';
import type { CallOptions, Folder, FolderPath } from '../transport.js';
import type { EwsSession } from './ews-session.js';
import { escapeXml } from './escape-xml.js';
import { wellKnownFolder } from './well-known-folders.js';

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

  async #wellKnown(name: Exclude<FolderPath, readonly string[]>, { signal }: CallOptions): Promise<Folder> {
    const { Folder: Library } = this.#session.library;
    const operation = { operation: `looking up the folder ${name}`, repeatable: true, signal };
    return asFolder(
      await this.#session.call(operation, (service) =>
        Library.Bind(service, wellKnownFolder(this.#session, name), this.#shape()),
      ),
    );
  }

  async #walk(path: readonly string[], options: CallOptions): Promise<Folder> {
    if (path.length === 0) throw new ExchangeError('CONFIGURATION', 'a folder path names at least one folder');
    let id: FolderId = wellKnownFolder(this.#session, 'top');
    let folder: EwsFolder | undefined;
    for (const [depth, name] of path.entries()) {
      folder = await this.#child(id, name, options);
      if (!folder) throw this.#notFound(path, depth);
      id = new this.#session.library.FolderId(escapeXml(folder.Id.UniqueId));
    }
    return asFolder(folder!);
  }

  async #child(parent: FolderId, name: string, { signal }: CallOptions): Promise<EwsFolder | undefined> {
    const { FolderSchema, FolderView, SearchFilter } = this.#session.library;
    const operation = { operation: `looking up the folder ${name}`, repeatable: true, signal };
    const filter = new SearchFilter.IsEqualTo(FolderSchema.DisplayName, escapeXml(name));
    const view = new FolderView(10);
    view.PropertySet = this.#shape();
    const { Folders: found } = await this.#session.call(operation, (service) =>
      service.FindFolders(parent, filter, view),
    );
    // Exchange compares without regard to case.
    return found.find((folder) => folder.DisplayName === name) ?? found[0];
  }

  #shape() {
    const { BasePropertySet, FolderSchema, PropertySet } = this.#session.library;
    return new PropertySet(BasePropertySet.IdOnly, [FolderSchema.DisplayName]);
  }

  #notFound(path: readonly string[], depth: number): ExchangeError {
    const where = depth === 0 ? 'the top of the mailbox' : path.slice(0, depth).join(' / ');
    const summary = `the folder ${path.join(' / ')} in the mailbox ${this.#session.address} does not exist`;
    return new ExchangeError('FOLDER_NOT_FOUND', summary, { advice: [`there is no ${path[depth]} in ${where}`] });
  }
}

function asFolder(folder: EwsFolder): Folder {
  return { id: folder.Id.UniqueId, name: folder.DisplayName };
}
