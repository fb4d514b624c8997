import type { AccessGrant } from '../identity/tokens/tokens.js';
import { refuseAbsent } from './absent.js';
import { isAllowed } from './authorize.js';
import type { TenantContext } from './context.js';
import type { GraphAnswer } from './graph-answer.js';
import { GraphError } from './graph-error.js';
import type { GraphRequest } from './graph-request.js';
import { readMailboxPath } from './mailbox.js';
import { mailboxRoutes, tenantRoutes } from './operations/index.js';
import { createRouter } from './route.js';

const mailboxRoute = createRouter(mailboxRoutes);
const tenantRoute = createRouter(tenantRoutes);

/** What operations work with beside the request. */
export type Rooms = Omit<TenantContext, 'request' | 'grant' | 'parameters'>;

/** Whose mailbox a request is about; nobody's where it is about the tenant. @throws GraphError */
export function mailboxOf({ segments }: GraphRequest, grant: AccessGrant, { store }: Rooms): string | undefined {
  refuseAbsent(segments);
  return isOfTenant(segments) ? undefined : readMailboxPath(segments, grant, store).address;
}

/** Finds the operation that a request asks for, and runs it, if its token allows it. @throws GraphError */
export async function dispatch(request: GraphRequest, grant: AccessGrant, rooms: Rooms): Promise<GraphAnswer> {
  const { segments, method } = request;
  if (isOfTenant(segments)) {
    const { run, permissions, denial, parameters } = tenantRoute(method, segments);
    if (permissions.length > 0) refuseUnless(isAllowed(grant, permissions, { isOwn: true }), denial);
    return await run({ request, grant, parameters, ...rooms });
  }
  const { address, rest } = readMailboxPath(segments, grant, rooms.store);
  const account = rooms.store.account(address);
  refuseAbsent(rest);
  const { run, permissions, denial, parameters } = mailboxRoute(method, rest);
  const isOwn = grant.user !== undefined && rooms.store.account(grant.user) === account;
  refuseUnless(isAllowed(grant, permissions, { isOwn }), denial);
  if (rooms.faults.graphDisabled && rest.length > 0) throw new GraphError(404, 'MailboxNotEnabledForRESTAPI');
  return await run({ request, grant, account, parameters, ...rooms });
}

/** `/subscriptions/...`, and `/users` as a list. */
function isOfTenant(segments: readonly string[]): boolean {
  const [root = '', second = ''] = segments.map((segment) => segment.toLowerCase());
  return root === 'subscriptions' || (root === 'users' && (segments.length === 1 || second === '$count'));
}

function refuseUnless(allowed: boolean, denial = 'ErrorAccessDenied'): void {
  if (!allowed) throw new GraphError(403, denial);
}
