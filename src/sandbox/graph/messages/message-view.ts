import type { StoredMessage } from '../../store/store.js';
import { wantedZone } from '../calendar/event-times.js';
import { attachmentResources } from './attachment-resource.js';
import {
  extendedName,
  extendedProperties,
  multipleName,
  multipleProperties,
  readExpandedIds,
  type ExtendedProperty,
} from './extended-properties.js';
import { expandsEvent, renderEventMessage, renderEventOf } from './event-message.js';
import { openExtensions } from './open-extensions.js';
import { badRequest } from '../graph-error.js';
import { preferences, type GraphRequest } from '../graph-request.js';
import { changeKey, messageId, type IdType } from '../ids.js';
import { defaultProperties, messageEdm, messageProperties, type BodyType } from './message-properties.js';
import { parseExpand, type Expansion } from '../odata/expand.js';
import type { QueryOptions } from '../odata/query-options.js';

const expandable = new Set(['attachments', 'extensions', extendedName.toLowerCase(), multipleName.toLowerCase()]);

/** How a request wants messages shown. */
export interface MessageView {
  readonly idType: IdType;
  readonly bodyType: BodyType;
  /** Nothing where all is given that is given by default. */
  readonly select: ReadonlySet<string> | undefined;
  readonly expandsAttachments: boolean;
  readonly expandsExtensions: boolean;
  readonly extended: readonly ExtendedProperty[];
  /** Those of several values. */
  readonly multiple: readonly ExtendedProperty[];
  /** The zone of the times of meetings. */
  readonly zone: string;
  /** How the event is wanted that a mail is about, if it is. */
  readonly event: Expansion | undefined;
}

/** @throws GraphError BadRequest */
export function readMessageView(
  request: Pick<GraphRequest, 'headers'>,
  { select, expand }: Partial<Pick<QueryOptions, 'select' | 'expand'>> = {},
): MessageView {
  const wanted = preferences(request);
  const expansions = parseExpand(expand ?? '').map(({ name, options }) => ({ name: name.toLowerCase(), options }));
  const unknown = expansions.find((expansion) => !expandable.has(expansion.name) && !expandsEvent(expansion));
  if (unknown) throw badRequest(`Could not find a property named '${unknown.name}' on type '${messageEdm.name}'.`);
  const idsOf = (wantedName: string) =>
    expansions
      .filter(({ name }) => name === wantedName.toLowerCase())
      .flatMap(({ options }) => readExpandedIds(options.get('$filter') ?? ''));
  return {
    idType: wanted.get('idtype')?.toLowerCase() === 'immutableid' ? 'immutable' : 'ordinary',
    bodyType: wanted.get('outlook.body-content-type')?.toLowerCase() === 'text' ? 'text' : 'html',
    select,
    expandsAttachments: expansions.some(({ name }) => name === 'attachments'),
    expandsExtensions: expansions.some(({ name }) => name === 'extensions'),
    extended: idsOf(extendedName),
    multiple: idsOf(multipleName),
    zone: wantedZone(request),
    event: expansions.find(expandsEvent),
  };
}

/** What of `Prefer` was heeded, for `Preference-Applied`. */
export function appliedPreferences(request: GraphRequest): Readonly<Record<string, string>> {
  const wanted = preferences(request);
  const applied = [
    ...(wanted.get('idtype')?.toLowerCase() === 'immutableid' ? ['IdType="ImmutableId"'] : []),
    ...(wanted.has('outlook.body-content-type')
      ? [`outlook.body-content-type="${wanted.get('outlook.body-content-type')}"`]
      : []),
  ];
  return applied.length > 0 ? { 'Preference-Applied': applied.join(', ') } : {};
}

/** A message as JSON. */
export async function renderMessage(message: StoredMessage, view: MessageView): Promise<Record<string, unknown>> {
  const names = view.select ?? defaultProperties;
  const rendered: Record<string, unknown> = {
    '@odata.etag': `W/"${changeKey(message)}"`,
    id: messageId(message, view.idType),
  };
  for (const [name, read] of messageProperties) {
    if (!names.has(name)) continue;
    const value = await read(message, view.bodyType);
    if (value !== undefined) rendered[name] = value;
  }
  Object.assign(rendered, await renderExpansions(message, view));
  if (view.event) rendered['event'] = await renderEventOf(message, view.event, view);
  return { ...renderEventMessage(message, view), ...rendered };
}

/** What of an item is expanded: attachments, extensions, properties of MAPI. */
export async function renderExpansions(message: StoredMessage, view: MessageView): Promise<Record<string, unknown>> {
  const rendered: Record<string, unknown> = {};
  if (view.expandsAttachments) rendered['attachments'] = await attachmentResources(message, view.idType);
  const extended = await extendedProperties(message, view.extended);
  if (extended.length > 0) rendered[extendedName] = extended;
  const multiple = await multipleProperties(message, view.multiple);
  if (multiple.length > 0) rendered[multipleName] = multiple;
  const extensions = view.expandsExtensions ? openExtensions(message) : [];
  if (extensions.length > 0) rendered['extensions'] = extensions;
  return rendered;
}

/** The properties at the paths' roots, and those of MAPI that are asked for besides: for filtering and sorting. */
export async function messageRecord(
  message: StoredMessage,
  names: ReadonlySet<string>,
  extended: readonly ExtendedProperty[] = [],
): Promise<Record<string, unknown>> {
  const record: Record<string, unknown> = {};
  for (const name of names) record[name] = await messageProperties.get(name)?.(message, 'html');
  if (extended.length > 0) record[extendedName] = await extendedProperties(message, extended);
  return record;
}
