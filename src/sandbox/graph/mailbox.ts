import { guidOf } from '../identity/tenant-id.js';
import type { AccessGrant } from '../identity/tokens/tokens.js';
import type { MailStore } from '../store/store.js';
import { badRequest, GraphError } from './graph-error.js';

/** Whose mailbox a path is about, and what follows in it. */
export interface MailboxPath {
  /** In lower case, without a tag. */
  readonly address: string;
  readonly rest: readonly string[];
}

/**
 * Reads `/me/...` and `/users/{address or id}/...`.
 * @throws GraphError BadRequest, ErrorInvalidUser
 */
export function readMailboxPath(segments: readonly string[], grant: AccessGrant, store: MailStore): MailboxPath {
  const [root = '', user, ...rest] = segments;
  if (root.toLowerCase() === 'me') {
    if (grant.user === undefined) {
      throw badRequest('/me request is only valid with delegated authentication flow.');
    }
    return { address: store.account(grant.user).address, rest: segments.slice(1) };
  }
  if (root.toLowerCase() !== 'users' || user === undefined) {
    throw badRequest(`Resource not found for the segment '${root}'.`);
  }
  return { address: findUser(user, grant, store), rest };
}

function findUser(user: string, grant: AccessGrant, store: MailStore): string {
  if (/^[^\s@]+@[^\s@]+$/.test(user)) return store.account(user).address;
  const known = [grant.user ?? [], [...store.accounts].map(({ address }) => address)].flat();
  const found = known.find((address) => guidOf(address) === user.toLowerCase());
  if (found !== undefined) return found;
  throw new GraphError(404, 'ErrorInvalidUser', { message: `The requested user '${user}' is invalid.` });
}
