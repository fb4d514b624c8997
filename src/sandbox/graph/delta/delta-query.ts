import { badRequest, GraphError } from '../graph-error.js';
import { preferences, type GraphRequest } from '../graph-request.js';
import { messageEdm } from '../messages/message-properties.js';
import { readSelect } from '../odata/query-options.js';

/** The one kind of change that a round is about. */
export type ChangeType = 'created' | 'updated' | 'deleted';

/** What a round of a delta query is about; it goes along in its links. */
export interface DeltaQuery {
  readonly select: readonly string[] | undefined;
  /** Only messages received at or after this time, in milliseconds. */
  readonly receivedFrom: number | undefined;
  readonly latestFirst: boolean;
  readonly changeType: ChangeType | undefined;
  readonly pageSize: number;
}

const parameters = new Set(['$select', '$filter', '$orderby', '$top', 'changetype']);
const changeTypes: readonly string[] = ['created', 'updated', 'deleted'];

/**
 * Reads the first request of a round, which alone says what it is about.
 * https://learn.microsoft.com/graph/api/message-delta
 * @throws GraphError where it asks for more than a delta query can do
 */
export function readDeltaQuery(request: GraphRequest): DeltaQuery {
  const { query } = request;
  const unknown = [...query.keys()].find((name) => !parameters.has(name));
  if (unknown !== undefined) throw unsupported(`The query parameter '${unknown}' is not supported.`);
  const select = readSelect(query, messageEdm);
  const changeType = query.get('changetype');
  if (changeType !== undefined && !changeTypes.includes(changeType)) {
    throw badRequest(`The value '${changeType}' of 'changeType' is none of ${changeTypes.join(', ')}.`);
  }
  const order = query.get('$orderby')?.trim().replace(/\s+/g, ' ').toLowerCase();
  if (order !== undefined && order !== 'receiveddatetime desc')
    throw unsupported("The '$orderby' parameter value is not supported; only 'receivedDateTime desc' is.");
  return {
    select: select && [...select],
    receivedFrom: readReceivedFrom(query.get('$filter')),
    latestFirst: order !== undefined,
    changeType: changeType as ChangeType | undefined,
    pageSize: readPageSize(request) ?? (Number(query.get('$top')) || 10),
  };
}

/** `Prefer: odata.maxpagesize=50` */
export function readPageSize(request: GraphRequest): number | undefined {
  const size = Number(preferences(request).get('odata.maxpagesize'));
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1000) : undefined;
}

function readReceivedFrom(filter: string | undefined): number | undefined {
  if (filter === undefined) return undefined;
  const [, operator = '', text = ''] = /^\s*receivedDateTime\s+(ge|gt)\s+(\S+)\s*$/i.exec(filter) ?? [];
  const time = new Date(text).getTime();
  if (Number.isNaN(time)) {
    throw unsupported(
      "The '$filter' parameter value is not supported for 'Messages' resource; only a value of 'receivedDateTime ge value' is supported.",
    );
  }
  return operator.toLowerCase() === 'gt' ? time + 1 : time;
}

function unsupported(message: string): GraphError {
  return new GraphError(400, 'ErrorInvalidUrlQuery', { message });
}
