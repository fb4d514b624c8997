import type { StoredFolder } from '../../store/store.js';
import { badRequest, GraphError } from '../graph-error.js';

/** The name that a client gives a folder. @throws GraphError BadRequest where it gives none */
export function readName(json: Readonly<Record<string, unknown>>, property = 'displayName'): string {
  const name = json[property];
  if (typeof name === 'string' && name.trim()) return name;
  throw badRequest(`The property '${property}' is required.`);
}

/** @throws GraphError ErrorFolderExists where one of the folders that it is to be beside has the name */
export function refuseTaken(name: string, siblings: readonly StoredFolder[]): void {
  const isTaken = siblings.some((folder) => folder.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new GraphError(409, 'ErrorFolderExists');
}
