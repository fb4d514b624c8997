import { isAllowed } from '../authorize.js';
import type { AccessGrant } from '../../identity/tokens/tokens.js';
import type { MailStore } from '../../store/store.js';
import { findFolder } from '../folders/folder-names.js';
import { GraphError } from '../graph-error.js';
import { readSegments } from '../graph-request.js';
import { readMailboxPath } from '../mailbox.js';
import { messageEdm } from '../messages/message-properties.js';
import { parseFilter } from '../odata/filter.js';
import type { Watched } from './subscription.js';

/**
 * Reads a `resource`: `me/messages`, `users/{id}/mailFolders('inbox')/messages?$filter=...`, `me/events`.
 * @throws GraphError where it is none, or not for the token
 */
export function readWatched(
  resource: string,
  { grant, store }: { readonly grant: AccessGrant; readonly store: MailStore },
): Watched {
  const [path = '', query = ''] = resource.split(/\?(.*)/s);
  const segments = readSegments(path.replace(/^https:\/\/graph\.microsoft\.com\/(?:v1\.0|beta)/, ''));
  const { address, rest } = readMailboxPath(segments, grant, store);
  const account = store.account(address);
  const [first = '', id = '', third] = rest.map((segment, index) => (index === 1 ? segment : segment.toLowerCase()));
  const isOwn = grant.user !== undefined && store.account(grant.user) === account;
  const filterText = new URLSearchParams(query).get('$filter');
  const shape = `${first}/${third ?? ''}/${rest.length}`;
  if (shape === 'messages//1' || shape === 'mailfolders/messages/3') {
    refuseUnless(isAllowed(grant, ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'], { isOwn }));
    const folder = third === undefined ? undefined : findFolder(account, id);
    const filter = filterText === null ? undefined : parseFilter(filterText, messageEdm);
    return { account, kind: 'message', folder, filter };
  }
  if (shape === 'events//1') {
    refuseUnless(isAllowed(grant, ['Calendars.Read', 'Calendars.ReadWrite'], { isOwn }));
    return { account, kind: 'event', folder: undefined, filter: undefined };
  }
  throw new GraphError(400, 'InvalidRequest', { message: `The resource '${resource}' can't be subscribed to.` });
}

function refuseUnless(allowed: boolean): void {
  if (!allowed)
    throw new GraphError(403, 'ExtensionError', {
      message:
        'Operation: Create; Exception: [Status Code: Forbidden; Reason: Access is denied. Check credentials and try again.]',
    });
}
