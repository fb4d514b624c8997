import { GraphError } from './graph-error.js';

/** Nobody in the sandbox has a licence for these: https://learn.microsoft.com/graph/api/resources/onedrive */
const sharePoint = new Set(['drive', 'drives', 'sites', 'shares', 'onenote', 'followedsites']);
const teams = new Set(['teams', 'joinedteams', 'chats', 'teamwork', 'presence', 'onlinemeetings']);

/** An operation that Graph has, and the sandbox has not. @throws GraphError NotImplemented */
export function refuseOperation(): never {
  throw new GraphError(501, 'NotImplemented', { message: 'The sandbox has no such operation, which Graph has.' });
}

/** What Graph has, and the sandbox has not. */
const notThere = new Set(
  [
    'activities appRoleAssignments authentication createdObjects devices insights',
    'managedDevices ownedObjects people planner settings todo',
    'applications deviceManagement devices directory directoryRoles domains education groups identity',
    'organization places planner reports search security servicePrincipals solutions',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

/**
 * Refuses what is not there, as Graph answers a tenant without the licence for it, or 501 where the sandbox alone lacks it.
 * @throws GraphError BadRequest, Forbidden, NotImplemented
 */
export function refuseAbsent([first = '']: readonly string[]): void {
  const name = first.toLowerCase();
  if (sharePoint.has(name)) throw new GraphError(400, 'BadRequest', { message: 'Tenant does not have a SPO license.' });
  if (teams.has(name)) {
    const message =
      'Failed to get license information for the user. Ensure user has a valid Office365 license assigned.';
    throw new GraphError(403, 'Forbidden', { message });
  }
  if (notThere.has(name)) {
    throw new GraphError(501, 'NotImplemented', { message: `The sandbox has no '${first}', which Graph has.` });
  }
}
