import type { StoredFolder } from '../../store/store.js';
import type { GraphContext } from '../context.js';
import { findFolder } from './folder-names.js';
import { badRequest } from '../graph-error.js';
import { readParameters } from '../graph-request.js';

/** The folder that something is to be moved or copied to. @throws GraphError */
export function readDestination({ account, request }: GraphContext): StoredFolder {
  const destinationId = readParameters(request).get('destinationid');
  if (typeof destinationId === 'string' && destinationId) return findFolder(account, destinationId);
  throw badRequest("The parameter 'DestinationId' is required.");
}
