import type { FolderRound } from '../delta/folder-rounds.js';
import { odataContext, resourceUrl, type GraphContext, type Operation } from '../context.js';
import { readPageSize } from '../delta/delta-query.js';
import { folderEdm, renderFolder } from '../folders/folder-resource.js';
import { jsonAnswer } from '../graph-answer.js';
import { GraphError } from '../graph-error.js';
import { folderId } from '../ids.js';
import { readSelect } from '../odata/query-options.js';

/** What changed among the folders of a mailbox. https://learn.microsoft.com/graph/api/mailfolder-delta */
export const deltaFolders: Operation = (context) => {
  const { request, folderRounds } = context;
  const { round, offset } = roundOf(context);
  const rows = [
    ...round.changed.map((folder) => renderFolder(folder, round.select)),
    ...round.removed.map((id) => ({ id: folderId({ id }), '@removed': { reason: 'deleted' } })),
  ];
  const end = offset + (readPageSize(request) ?? rows.length + 1);
  const url = resourceUrl(context, 'mailFolders/delta');
  const link =
    end < rows.length
      ? { '@odata.nextLink': `${url}?$skiptoken=${folderRounds.write(round, end)}` }
      : { '@odata.deltaLink': `${url}?$deltatoken=${round.next}` };
  return jsonAnswer({ ...odataContext(context, 'mailFolders/$delta'), value: rows.slice(offset, end), ...link });
};

function roundOf({ request, account, folderRounds }: GraphContext): { round: FolderRound; offset: number } {
  const [stateToken, roundToken] = [request.query.get('$deltatoken'), request.query.get('$skiptoken')];
  if (stateToken === undefined && roundToken === undefined)
    return { round: folderRounds.first(account, readSelect(request.query, folderEdm)), offset: 0 };
  const later = stateToken === undefined ? undefined : folderRounds.later(account, stateToken);
  const found = later ? { round: later, offset: 0 } : folderRounds.read(roundToken ?? '');
  if (!found) throw new GraphError(410, 'SyncStateNotFound');
  return found;
}
