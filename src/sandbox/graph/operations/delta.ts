import { randomUUID } from 'node:crypto';
import type { MessageKey } from '../../store/change-log.js';
import type { StoredFolder } from '../../store/store.js';
import { folderOf, resourceUrl, type GraphContext, type Operation } from '../context.js';
import { readDeltaQuery, readPageSize, type DeltaQuery } from '../delta/delta-query.js';
import type { DeltaRound } from '../delta/delta-tokens.js';
import { changesSince, type FolderChange } from '../delta/folder-changes.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { badRequest, GraphError } from '../graph-error.js';
import { folderId, messageId } from '../ids.js';
import { readMessageView, renderMessage, type MessageView } from '../messages/message-view.js';

/** With a filter no more messages are told of: https://learn.microsoft.com/graph/api/message-delta#odata-query-parameters */
const maxFiltered = 5000;

/**
 * What changed in a folder, in rounds of pages: first all that is there, then what is new since the round before.
 * https://learn.microsoft.com/graph/delta-query-messages
 */
export const deltaMessages: Operation = (context) => {
  const { query } = context.request;
  const [stateToken, roundToken] = [query.get('$deltatoken'), query.get('$skiptoken')];
  if (stateToken !== undefined) return answer(context, laterRound(context, stateToken), 0);
  if (roundToken === undefined) return answer(context, firstRound(context), 0);
  const found = context.deltaTokens.readRound(roundToken);
  if (!found) throw new GraphError(410, 'SyncStateNotFound');
  return answer(context, found.round, found.offset);
};

function firstRound(context: GraphContext): DeltaRound {
  const folder = folderOf(context);
  const query = readDeltaQuery(context.request);
  const { position } = folder.changes;
  const from = query.receivedFrom ?? -Infinity;
  const present = folder.messages
    .filter(({ receivedAt }) => receivedAt.getTime() >= from)
    .map((message) => ({ kind: 'created' as const, message }));
  if (query.latestFirst) present.sort((a, b) => b.message.receivedAt.getTime() - a.message.receivedAt.getTime());
  const told = query.receivedFrom === undefined ? present : present.slice(0, maxFiltered);
  return roundOf(told, { epoch: context.deltaTokens.epoch, folder: folder.id, position, query });
}

function laterRound({ account, deltaTokens }: GraphContext, token: string): DeltaRound {
  const state = deltaTokens.readState(token);
  const folder = state && account.folderById(state.folder);
  const since = folder && changesSince(folder, state.position);
  if (!since) throw new GraphError(410, 'SyncStateNotFound');
  const wanted = since.filter((change) => isWanted(change, state.query));
  return roundOf(wanted, { ...state, position: folder.changes.position });
}

function roundOf(changes: readonly FolderChange[], next: DeltaRound['next']): DeltaRound {
  return { id: randomUUID(), changes, next };
}

/** That a message was read is told only to who asks for it. */
function isWanted({ kind, message }: FolderChange, query: DeltaQuery): boolean {
  const { changeType, select } = query;
  if (!isRecent(message, query)) return false;
  if (kind === 'read' && select && !select.includes('isRead')) return false;
  return changeType === undefined || changeType === (kind === 'read' ? 'updated' : kind);
}

function isRecent({ receivedAt }: MessageKey, { receivedFrom }: DeltaQuery): boolean {
  return receivedFrom === undefined || receivedAt.getTime() >= receivedFrom;
}

async function answer(context: GraphContext, round: DeltaRound, offset: number): Promise<GraphAnswer> {
  const { request, account } = context;
  const { next, changes } = round;
  const folder = folderOf(context);
  if (folder.id !== next.folder) throw badRequest('The token is not valid for this folder.');
  const { select, pageSize } = next.query;
  const view = { ...readMessageView(request), select: select && new Set(select) };
  const end = offset + (readPageSize(request) ?? pageSize);
  const value: object[] = [];
  for (const change of changes.slice(offset, end)) value.push(await render(change, view));
  const user = encodeURIComponent(account.address);
  const json = {
    '@odata.context': `${request.root}/$metadata#users('${user}')/mailFolders('${folderId(folder)}')/messages/$delta`,
    value,
    ...link(context, folder, end < changes.length ? { round, end } : round.next),
  };
  const applied = ['odata.track-changes', ...(readPageSize(request) ? [`odata.maxpagesize=${end - offset}`] : [])];
  return { ...jsonAnswer(json), headers: { 'Preference-Applied': applied.join(', ') } };
}

/** Of a message that was only read no more is given: https://github.com/microsoftgraph/microsoft-graph-docs/issues/7776 */
function render(change: FolderChange, view: MessageView): Promise<object> | object {
  if (change.kind === 'read') return withType(renderMessage(change.message, { ...view, select: new Set(['isRead']) }));
  if (change.kind !== 'deleted') return withType(renderMessage(change.message, view));
  const id = messageId(change.message, view.idType);
  return { '@odata.type': '#microsoft.graph.message', id, '@removed': { reason: 'deleted' } };
}

/** A delta query says of each entry what it is. */
async function withType(rendered: Promise<object>): Promise<object> {
  return { '@odata.type': '#microsoft.graph.message', ...(await rendered) };
}

/** Where to go on: with the rest of this round, or with what comes after it. */
function link(
  context: GraphContext,
  folder: StoredFolder,
  to: { readonly round: DeltaRound; readonly end: number } | DeltaRound['next'],
): Readonly<Record<string, string>> {
  const url = resourceUrl(context, `mailFolders('${folderId(folder)}')/messages/delta`);
  const { deltaTokens } = context;
  return 'round' in to
    ? { '@odata.nextLink': `${url}?$skiptoken=${deltaTokens.writeRound(to.round, to.end)}` }
    : { '@odata.deltaLink': `${url}?$deltatoken=${deltaTokens.writeState(to)}` };
}
