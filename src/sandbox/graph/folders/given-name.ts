import type { StoredFolder } from '../../store/store.js';
import { badRequest, GraphError } from '../graph-error.js';
import { checkKind } from '../odata/kinds.js';

/** The name that a client gives a folder. @throws GraphError BadRequest where it gives none */
export function readName(json: Readonly<Record<string, unknown>>, property = 'displayName'): string {
  const name = json[property];
  checkKind(property, name ?? null, 'string');
  if (typeof name === 'string' && name.trim()) return name;
  throw badRequest(`The property '${property}' is required.`);
}

/** Calls a folder otherwise. @throws GraphError ErrorFolderExists where another of those that it is beside has the name */
export function rename(folder: StoredFolder, name: string, siblings: readonly StoredFolder[]): void {
  refuseTaken(
    name,
    siblings.filter((each) => each !== folder),
  );
  folder.rename(name, folder.parent ?? folder.account.root);
}

/** @throws GraphError ErrorFolderExists where one of the folders that it is to be beside has the name */
export function refuseTaken(name: string, siblings: readonly StoredFolder[]): void {
  const isTaken = siblings.some((folder) => folder.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new GraphError(409, 'ErrorFolderExists');
}
