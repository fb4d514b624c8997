import { emptyDraft } from '../../message/draft.js';
import { keptOf } from '../../store/property-changes.js';
import type { PropertyValue, StoredMessage } from '../../store/store.js';
import { contactFolderOf, contactFolders } from '../contacts/contact-folders.js';
import { contactEdm, contactRecord, readContact, renderContact, withNames } from '../contacts/contact-resource.js';
import { odataContext, resourceUrl, type GraphContext, type Operation } from '../context.js';
import { jsonAnswer, type GraphAnswer } from '../graph-answer.js';
import { itemNotFound } from '../graph-error.js';
import { readJson } from '../graph-request.js';
import { readMessageId } from '../ids.js';
import { sourceOf } from '../messages/message-edit.js';
import { readMessageView } from '../messages/message-view.js';
import { findRows } from '../odata/find-rows.js';
import { readQueryOptions, readSelect } from '../odata/query-options.js';
import { page } from '../paging.js';

/** https://learn.microsoft.com/graph/api/user-list-contacts */
export const listContacts: Operation = async (context) => {
  const { request } = context;
  const options = readQueryOptions(request.query, contactEdm);
  const contacts = contactFolderOf(context).messages.filter(isContact);
  const found = await findRows(contacts, options, contactRecord);
  const { rows, annotations } = page(context, resourceUrl(context, 'contacts'), found, options);
  const { idType } = readMessageView(request);
  const value: object[] = [];
  for (const contact of rows) value.push(await renderContact(contact, idType, options.select));
  return jsonAnswer({ ...odataContext(context, 'contacts'), ...annotations, value });
};

export const getContact: Operation = (context) => show(context, contactOf(context));

/** https://learn.microsoft.com/graph/api/user-post-contacts */
export const createContact: Operation = async (context) => {
  const json = readJson(context.request);
  const properties = new Map([['item:ItemClass', 'IPM.Contact'], ...withNames(readContact(json))]);
  const contact = contactFolderOf(context).add({
    source: await sourceFor(properties, json['personalNotes']),
    flags: ['\\Seen'],
    properties: keptOf(properties),
  });
  return show(context, contact, 201);
};

/** https://learn.microsoft.com/graph/api/contact-update */
export const updateContact: Operation = async (context) => {
  const contact = contactOf(context);
  const json = readJson(context.request);
  const { folder } = contact;
  for (const [uri, value] of readContact(json, contact)) folder.setProperty(contact, uri, value);
  if ('personalNotes' in json || 'displayName' in json) {
    const notes = 'personalNotes' in json ? json['personalNotes'] : (await contact.parsed()).text;
    folder.replace(contact, await sourceFor(contact.properties, notes));
  }
  return show(context, contact);
};

export const deleteContact: Operation = (context) => {
  const contact = contactOf(context);
  contact.folder.move(contact, context.account.folder('deleteditems'));
  return { status: 204 };
};

/** A contact's name is its subject, what is noted its body. */
async function sourceFor(properties: ReadonlyMap<string, PropertyValue | undefined>, notes: unknown): Promise<Buffer> {
  const subject = String(properties.get('contacts:DisplayName') ?? '');
  return await sourceOf({
    ...emptyDraft(),
    subject,
    body: { type: 'Text', content: typeof notes === 'string' ? notes : '' },
  });
}

async function show(context: GraphContext, contact: StoredMessage, status = 200): Promise<GraphAnswer> {
  const { idType } = readMessageView(context.request);
  const rendered = await renderContact(contact, idType, readSelect(context.request.query, contactEdm));
  return jsonAnswer({ ...odataContext(context, 'contacts/$entity'), ...rendered }, status);
}

/** @throws GraphError ErrorInvalidIdMalformed, ErrorItemNotFound */
function contactOf({ account, parameters }: GraphContext): StoredMessage {
  const found = account.messageById(readMessageId(parameters['contact'] ?? ''));
  if (!found || !contactFolders(account).includes(found.folder)) throw itemNotFound();
  return found;
}

/** Lists of recipients stand among contacts, and Graph does not show them. */
function isContact({ properties }: StoredMessage): boolean {
  return properties.get('item:ItemClass') !== 'IPM.DistList';
}
