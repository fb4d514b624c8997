import { ExchangeError } from '../../errors.js';
import type { CallOptions, Folder, FolderPath, WellKnownFolder } from '../transport.js';
import { fields } from './graph-answer.js';
import type { GraphSession } from './graph-session.js';

const query = '$select=id,displayName';
const pageSize = 100;

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
  async #wellKnown(name: WellKnownFolder, { signal }: CallOptions): Promise<Folder> {
    const path = `${this.#session.root}/mailFolders/${name}?${query}`;
    const operation = { operation: `looking up the folder ${name}`, isAboutFolder: true, signal };
    return asFolder(await this.#session.read(operation, { method: 'GET', path }));
  }

  async #walk(path: readonly string[], options: CallOptions): Promise<Folder> {
    if (path.length === 0) throw new ExchangeError('CONFIGURATION', 'a folder path names at least one folder');
    let folders = `${this.#session.root}/mailFolders`;
    let folder: Folder | undefined;
    for (const [depth, name] of path.entries()) {
      folder = await this.#child(folders, name, options);
      if (!folder) throw this.#notFound(path, depth);
      folders = `${this.#session.root}/mailFolders/${encodeURIComponent(folder.id)}/childFolders`;
    }
    return folder!;
  }

  /** As it is spelt, else in any case, as Exchange compares. */
  async #child(folders: string, name: string, { signal }: CallOptions): Promise<Folder | undefined> {
    const operation = { operation: `looking up the folder ${name}`, isAboutFolder: true, signal };
    const children: Folder[] = [];
    for (let path: unknown = `${folders}?${query}&$top=${pageSize}`; typeof path === 'string';) {
      const page = await this.#session.read(operation, { method: 'GET', path });
      children.push(...(Array.isArray(page['value']) ? page['value'] : []).map(fields).map(asFolder));
      path = page['@odata.nextLink'];
    }
    const lower = name.toLowerCase();
    return (
      children.find((child) => child.name === name) ?? children.find((child) => child.name.toLowerCase() === lower)
    );
  }

  #notFound(path: readonly string[], depth: number): ExchangeError {
    const where = depth === 0 ? 'the top of the mailbox' : path.slice(0, depth).join(' / ');
    const summary = `the folder ${path.join(' / ')} in the mailbox ${this.#session.address} does not exist`;
    return new ExchangeError('FOLDER_NOT_FOUND', summary, { advice: [`there is no ${path[depth]} in ${where}`] });
  }
}

function asFolder({ id, displayName }: Readonly<Record<string, unknown>>): Folder {
  return { id: String(id), name: String(displayName) };
}
