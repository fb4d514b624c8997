import { withChanges } from '../../store/property-changes.js';
import type { PropertyValue, StoredMessage } from '../../store/store.js';
import { categoriesProperty } from '../../message/derived-properties.js';
import { changeKey, folderId, messageId, type IdType } from '../ids.js';
import { messageProperties } from '../messages/message-properties.js';
import { readBody, type EdmResource } from '../odata/edm.js';
import { contactFields } from './contact-fields.js';

type Json = Readonly<Record<string, unknown>>;

type Reader = (contact: StoredMessage) => unknown;

const fromItem =
  (name: string): Reader =>
  (contact) =>
    messageProperties.get(name)?.(contact, 'html');

const readers: Readonly<Record<string, Reader>> = {
  createdDateTime: fromItem('createdDateTime'),
  lastModifiedDateTime: fromItem('lastModifiedDateTime'),
  categories: fromItem('categories'),
  changeKey,
  parentFolderId: ({ folder }) => folderId(folder),
  ...Object.fromEntries(Object.entries(contactFields).map(([name, { read }]) => [name, read])),
  personalNotes: async (contact) => ((await contact.parsed()).text ?? '').trimEnd(),
};

export const contactEdm: EdmResource = {
  name: 'microsoft.graph.contact',
  properties: new Set(['id', ...Object.keys(readers)]),
  kinds: {
    createdDateTime: 'date',
    lastModifiedDateTime: 'date',
    categories: ['string'],
    ...Object.fromEntries(Object.entries(contactFields).map(([name, { kind }]) => [name, kind])),
  },
  filterable: new Map([
    ...['displayName', 'givenName', 'surname', 'companyName', 'jobTitle', 'fileAs', 'department', 'nickName'].map(
      (name) => [name, 'string'] as const,
    ),
    ...['createdDateTime', 'lastModifiedDateTime', 'birthday'].map((name) => [name, 'date'] as const),
    ['categories', 'strings'],
    ['emailAddresses/address', 'strings'],
  ]),
};

/** The properties that are named of a contact. https://learn.microsoft.com/graph/api/resources/contact */
export async function contactRecord(
  contact: StoredMessage,
  names = contactEdm.properties,
): Promise<Record<string, unknown>> {
  const record: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) if (names.has(name)) record[name] = await read(contact);
  return record;
}

export async function renderContact(
  contact: StoredMessage,
  idType: IdType,
  select?: ReadonlySet<string>,
): Promise<object> {
  const record = await contactRecord(contact, select);
  return { '@odata.etag': `W/"${changeKey(contact)}"`, id: messageId(contact, idType), ...record };
}

/** What a contact that is described in JSON comes to keep. @throws GraphError RequestBodyRead */
export function readContact(json: Json, contact?: StoredMessage): Map<string, PropertyValue | undefined> {
  const entries = readBody(json, contactEdm);
  const changes = new Map<string, PropertyValue | undefined>();
  const { categories } = json;
  if (Array.isArray(categories)) changes.set(categoriesProperty, categories.map(String));
  for (const [name, value] of entries) {
    const properties = withChanges(contact?.properties, changes);
    for (const [uri, written] of contactFields[name]?.write(value, { properties }) ?? []) changes.set(uri, written);
  }
  return changes;
}

/** What a contact is called that nobody gave a name to show. */
export function withNames(
  changes: ReadonlyMap<string, PropertyValue | undefined>,
): Map<string, PropertyValue | undefined> {
  const [given, surname] = ['GivenName', 'Surname'].map((name) => changes.get(`contacts:${name}`));
  const displayName = changes.get('contacts:DisplayName') ?? ([given, surname].filter(Boolean).join(' ') || undefined);
  const fileAs = changes.get('contacts:FileAs') ?? ([surname, given].filter(Boolean).join(', ') || displayName);
  return new Map(changes).set('contacts:DisplayName', displayName).set('contacts:FileAs', fileAs);
}
