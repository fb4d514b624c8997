import type { StoredMessage } from '../store.js';
import { attachmentResources } from './attachment-resource.js';
import { badRequest } from './graph-error.js';
import { preferences, type GraphRequest } from './graph-request.js';
import { changeKey, messageId, type IdType } from './ids.js';
import { defaultProperties, messageProperties, type BodyType } from './message-properties.js';

/** How a request wants messages shown. */
export interface MessageView {
  readonly idType: IdType;
  readonly bodyType: BodyType;
  /** Nothing where all is given that is given by default. */
  readonly select: ReadonlySet<string> | undefined;
  readonly expandsAttachments: boolean;
}

/** @throws GraphError BadRequest */
export function readMessageView(request: GraphRequest, options: Partial<MessageQuery> = {}): MessageView {
  const wanted = preferences(request);
  const isText = wanted.get('outlook.body-content-type')?.toLowerCase() === 'text';
  const expand = options.expand?.trim();
  if (expand && !/^attachments$/i.test(expand)) {
    throw badRequest(`Could not find a property named '${expand}' on type 'microsoft.graph.message'.`);
  }
  return {
    idType: wanted.get('idtype')?.toLowerCase() === 'immutableid' ? 'immutable' : 'ordinary',
    bodyType: isText ? 'text' : 'html',
    select: options.select,
    expandsAttachments: !!expand,
  };
}

interface MessageQuery {
  readonly select: ReadonlySet<string> | undefined;
  readonly expand: string | undefined;
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
  if (view.expandsAttachments) rendered['attachments'] = await attachmentResources(message, view.idType);
  return rendered;
}

/** The properties at the paths' roots, for filtering and sorting. */
export async function messageRecord(
  message: StoredMessage,
  names: ReadonlySet<string>,
): Promise<Record<string, unknown>> {
  const record: Record<string, unknown> = {};
  for (const name of names) record[name] = await messageProperties.get(name)?.(message, 'html');
  return record;
}
