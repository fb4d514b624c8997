import { odataRoot, type Operation, type TenantContext, type TenantOperation } from '../context.js';
import { jsonAnswer, octetsAnswer } from '../graph-answer.js';
import { GraphError } from '../graph-error.js';
import { sortBy } from '../odata/order.js';
import { readQueryOptions, readSelect, type QueryOptions } from '../odata/query-options.js';
import { page } from '../paging.js';
import { renderUser, userEdm, userRecord } from '../users/user-resource.js';
import { parseUserSearch } from '../users/user-search.js';

/** https://learn.microsoft.com/graph/api/user-get */
export const getUser: Operation = ({ request, account }) => {
  const shown = renderUser(account.address, readSelect(request.query, userEdm));
  return jsonAnswer({ ...odataRoot(request, 'users/$entity'), ...shown });
};

/** Nobody has a picture. */
export const getPhoto: Operation = () => {
  throw new GraphError(404, 'ImageNotFound', {
    message: "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
  });
};

/** Those who have a mailbox already, and who asks. https://learn.microsoft.com/graph/api/user-list */
export const listUsers: TenantOperation = (context) => {
  const { request } = context;
  const options = readQueryOptions(request.query, userEdm);
  const { rows, annotations } = page(context, `${request.root}/users`, find(context, options), options);
  const value = rows.map((address) => renderUser(address, options.select));
  return jsonAnswer({ ...odataRoot(request, 'users'), ...annotations, value });
};

export const countUsers: TenantOperation = (context) => {
  const options = { ...readQueryOptions(context.request.query, userEdm), count: true };
  return octetsAnswer(Buffer.from(String(find(context, options).length)), 'text/plain');
};

function find(context: TenantContext, options: QueryOptions): string[] {
  const { filter, order, search, count } = options;
  if (search !== undefined || count) refuseUnlessEventual(context, search === undefined ? '$count' : '$search');
  const { grant, store } = context;
  const own = grant.user === undefined ? [] : [store.account(grant.user)];
  const all = new Set([...store.accounts, ...own].map(({ address }) => address));
  const isFound = search === undefined ? () => true : parseUserSearch(search);
  const rows = [...all]
    .map((address) => ({ address, record: userRecord(address) }))
    .filter(({ record }) => isFound(record) && (filter?.accepts(record) ?? true));
  return sortBy(rows, order ?? [], ({ record }) => record).map(({ address }) => address);
}

/** https://learn.microsoft.com/graph/aad-advanced-queries */
function refuseUnlessEventual({ request }: TenantContext, parameter: string): void {
  if (request.headers['consistencylevel']?.toLowerCase() === 'eventual') return;
  throw new GraphError(400, 'Request_UnsupportedQuery', {
    message: `Request with ${parameter} query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'`,
  });
}
