import type { DocumentedOperation } from './documented-operation.js';

const contact = ['id', 'createdDateTime', 'lastModifiedDateTime', 'parentFolderId', 'displayName', 'emailAddresses'];
const folder = ['id', 'displayName', 'parentFolderId'];
const pavel = {
  givenName: 'Pavel',
  surname: 'Bansky',
  emailAddresses: [{ address: 'pavelb@contoso.com', name: 'Pavel Bansky' }],
  businessPhones: ['+1 732 555 0102'],
};

export const contacts: readonly DocumentedOperation[] = [
  { page: 'user-post-contacts', ask: 'POST /me/contacts', body: pavel, status: 201, properties: contact },
  { page: 'user-list-contacts', ask: 'GET /me/contacts', status: 200, list: 'filled', properties: contact },
  {
    page: 'user-list-contacts',
    ask: "GET /me/contacts?$filter=emailAddresses/any(a:a/address eq 'pavelb@contoso.com')",
    status: 200,
    list: 'filled',
    properties: contact,
  },
  { page: 'contact-get', ask: 'GET /me/contacts/{contact}', status: 200, properties: contact },
  {
    page: 'contact-update',
    ask: 'PATCH /me/contacts/{contact}',
    body: {
      homeAddress: { street: '123 Some street', city: 'Seattle', state: 'WA', postalCode: '98121' },
      birthday: '1974-07-22',
    },
    status: 200,
    properties: contact,
  },
  { page: 'contact-delete', ask: 'DELETE /me/contacts/{contact}', status: 204 },
  {
    page: 'user-post-contactfolders',
    ask: 'POST /me/contactFolders',
    body: { displayName: 'Team' },
    status: 201,
    properties: folder,
  },
  { page: 'user-list-contactfolders', ask: 'GET /me/contactFolders', status: 200, list: 'filled', properties: folder },
  { page: 'contactfolder-get', ask: 'GET /me/contactFolders/{contactFolder}', status: 200, properties: folder },
  {
    page: 'contactfolder-update',
    ask: 'PATCH /me/contactFolders/{contactFolder}',
    body: { displayName: 'Renamed' },
    status: 200,
    properties: folder,
  },
  { page: 'contactfolder-delete', ask: 'DELETE /me/contactFolders/{contactFolder}', status: 204 },
  {
    page: 'contactfolder-post-childfolders',
    ask: 'POST /me/contactFolders/{contactFolder}/childFolders',
    body: { displayName: 'Inner' },
    status: 201,
    properties: folder,
  },
  {
    page: 'contactfolder-list-childfolders',
    ask: 'GET /me/contactFolders/{contactFolder}/childFolders',
    status: 200,
    list: 'any',
    properties: folder,
  },
  {
    page: 'contactfolder-post-contacts',
    ask: 'POST /me/contactFolders/{contactFolder}/contacts',
    body: pavel,
    status: 201,
    properties: contact,
  },
  {
    page: 'contactfolder-list-contacts',
    ask: 'GET /me/contactFolders/{contactFolder}/contacts',
    status: 200,
    list: 'any',
    properties: contact,
  },
];
