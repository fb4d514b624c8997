import type { StoredMessage } from '../../store/store.js';
import { odataContext, resourceUrl, type GraphContext } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { preferences } from '../graph-request.js';
import { appliedPreferences, readMessageView, renderExpansions, type MessageView } from '../messages/message-view.js';
import { findRows } from '../odata/find-rows.js';
import { readQueryOptions, type QueryOptions } from '../odata/query-options.js';
import { page } from '../paging.js';
import { eventEdm, eventRecord, renderEvent } from './event-resource.js';

export async function showEvent(context: GraphContext, event: StoredMessage, status = 200): Promise<GraphAnswer> {
  const view = readMessageView(context.request, optionsOf(context));
  const answer = jsonAnswer({ ...odataContext(context, 'events/$entity'), ...(await render(event, view)) }, status);
  return { ...answer, headers: applied(context) };
}

/** Events in their order, or in that which a request asks for. */
export async function showEvents(
  context: GraphContext,
  path: string,
  events: readonly StoredMessage[],
): Promise<GraphAnswer> {
  const options = optionsOf(context);
  const view = readMessageView(context.request, options);
  // Times are compared in UTC, whatever zone they are shown in.
  const found = await findRows(events, options, (event, names) => eventRecord(event, { ...view, zone: 'UTC' }, names));
  const { rows, annotations } = page(context, resourceUrl(context, path), found, options);
  const value: object[] = [];
  for (const event of rows) value.push(await render(event, view));
  return { ...jsonAnswer({ ...odataContext(context, path), ...annotations, value }), headers: applied(context) };
}

/** An event with what is expanded of it. */
async function render(event: StoredMessage, view: MessageView): Promise<object> {
  return { ...(await renderEvent(event, view)), ...(await renderExpansions(event, view)) };
}

function optionsOf({ request }: GraphContext): QueryOptions {
  return readQueryOptions(request.query, eventEdm);
}

function applied({ request }: GraphContext): Readonly<Record<string, string>> {
  const zone = preferences(request).get('outlook.timezone');
  const all = [appliedPreferences(request)['Preference-Applied'], zone && `outlook.timezone="${zone}"`];
  const value = all.filter(Boolean).join(', ');
  return value ? { 'Preference-Applied': value } : {};
}
