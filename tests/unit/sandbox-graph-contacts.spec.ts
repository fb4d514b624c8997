import { expect, test } from '@playwright/test';
import { startGraphServer, type GraphServer, type Json } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeEach(async () => {
  server = await startGraphServer();
});
test.afterEach(() => server[Symbol.asyncDispose]());

const ann = {
  givenName: 'Ann',
  surname: 'Smith',
  middleName: 'B.',
  birthday: '1990-02-28T11:59:00Z',
  emailAddresses: [{ address: 'ann@contoso.com', name: 'Ann' }, { address: 'a.smith@contoso.com' }],
  businessPhones: ['+1 732 555 0102', '+1 732 555 0103'],
  mobilePhone: '+1 732 555 0104',
  homeAddress: { street: 'Some Street 1', city: 'Bonn', postalCode: '53113' },
  children: ['Bea', 'Cem'],
  categories: ['Red'],
  personalNotes: 'Likes soup',
};

async function add(fields: Json = ann): Promise<Json> {
  const { json, status, text } = await server.ask('POST /me/contacts', { body: fields });
  expect(status, text).toBe(201);
  return json;
}

test('a contact is given back as it was given, and is the contact that EWS shows', async () => {
  const created = await add();
  const emailAddresses = [ann.emailAddresses[0], { address: 'a.smith@contoso.com', name: 'a.smith@contoso.com' }];
  const shown = {
    ...ann,
    emailAddresses,
    displayName: 'Ann Smith',
    fileAs: 'Smith, Ann',
    homePhones: [],
    jobTitle: null,
  };
  expect(created).toMatchObject(shown);
  expect((await server.ask(`/me/contacts/${String(created['id'])}`)).json).toMatchObject(shown);
  const [item] = server.store.account('qa@contoso.com').otherFolder('contacts')!.messages;
  expect(item!.properties.get('item:ItemClass')).toBe('IPM.Contact');
  expect(item!.properties.get('contacts:GivenName')).toBe('Ann');
  expect(JSON.parse(String(item!.properties.get('contacts:EmailAddresses')))).toMatchObject({
    name: 't:EmailAddresses',
    content: [
      {
        name: 't:Entry',
        attributes: { Key: 'EmailAddress1', Name: 'Ann', RoutingType: 'SMTP' },
        content: ['ann@contoso.com'],
      },
      { attributes: { Key: 'EmailAddress2' } },
    ],
  });
});

test('a change leaves all else, and null takes away', async () => {
  const { id } = await add();
  const body = { businessPhones: ['1'], mobilePhone: null, homeAddress: { city: 'Bonn' }, displayName: 'A. Smith' };
  const changed = await server.ask(`PATCH /me/contacts/${String(id)}`, { body });
  expect(changed.json, changed.text).toMatchObject({ ...ann, emailAddresses: [{}, {}], ...body });
  expect((await server.ask(`DELETE /me/contacts/${String(id)}`)).status).toBe(204);
  expect((await server.ask(`/me/contacts/${String(id)}`)).code).toBe('ErrorItemNotFound');
});

test('contacts are found by an address, by name, in order and in pages', async () => {
  await add();
  await add({ displayName: 'Zoe', emailAddresses: [{ address: 'zoe@contoso.com' }] });
  const names = async (query: string) =>
    (await server.ask(`/me/contacts?${query}`)).value.map(({ displayName }) => displayName);
  expect(await names("$filter=emailAddresses/any(a:a/address eq 'A.Smith@contoso.com')")).toEqual(['Ann Smith']);
  expect(await names("$filter=startswith(displayName,'Z')&$select=displayName")).toEqual(['Zoe']);
  expect(await names('$orderby=displayName desc&$top=1')).toEqual(['Zoe']);
  const wrong = await server.ask("/me/contacts?$filter=emailAddresses/any(a:a/name eq 'Ann')");
  expect(wrong.code).toBe('ErrorInvalidUrlQueryFilter');
});

test('a folder of contacts has its own', async () => {
  const { json } = await server.ask('POST /me/contactFolders', { body: { displayName: 'Team' } });
  const path = `/me/contactFolders/${String(json['id'])}`;
  const { json: created } = await server.ask(`POST ${path}/contacts`, { body: ann });
  expect(created['parentFolderId']).toBe(json['id']);
  expect((await server.ask('/me/contacts')).value).toEqual([]);
  expect((await server.ask(`${path}/contacts/${String(created['id'])}`)).json['displayName']).toBe('Ann Smith');
  expect((await server.ask('POST /me/contactFolders', { body: { displayName: 'team' } })).code).toBe(
    'ErrorFolderExists',
  );
  const renamed = (displayName: string) => server.ask(`PATCH ${path}`, { body: { displayName } });
  expect((await renamed('TEAM')).json['displayName']).toBe('TEAM');
  expect(await renamed('contacts')).toMatchObject({ status: 409, code: 'ErrorFolderExists' });
  expect((await server.ask(`DELETE ${path}`)).status).toBe(204);
  expect((await server.ask('/me/contactFolders')).value).toEqual([]);
  expect((await server.ask('DELETE /me/contactFolders/contacts')).status).toBe(403);
});

test('what is no contact is refused', async () => {
  for (const body of [
    { colour: 'red' },
    { givenName: 1 },
    { birthday: 'soon' },
    { homeAddress: 'Bonn' },
    { businessPhones: ['1', '2', '3'] },
  ])
    expect((await server.ask('POST /me/contacts', { body })).status, JSON.stringify(body)).toBe(400);
  expect((await server.ask('/me/contacts', { token: 'reader' })).code).toBe('ErrorAccessDenied');
});
