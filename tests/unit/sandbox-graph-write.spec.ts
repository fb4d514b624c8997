import { expect, test } from '@playwright/test';
import { startGraphServer, subjectsIn } from './sandbox-graph-server.js';

const immutable = { Prefer: 'IdType="ImmutableId"' };

test.describe('a message', () => {
  test('is marked, flagged, and given categories, importance and properties of its own', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const property = { id: 'String {00020329-0000-0000-c000-000000000046} Name Run', value: '42' };
    const { status, json } = await server.ask(`PATCH /me/messages/${id}`, {
      body: {
        isRead: true,
        categories: ['Red'],
        importance: 'high',
        flag: { flagStatus: 'complete' },
        singleValueExtendedProperties: [property],
      },
    });
    expect(status).toBe(200);
    const changed = { isRead: true, categories: ['Red'], importance: 'high', flag: { flagStatus: 'complete' } };
    expect(json).toMatchObject(changed);
    const expand = `$expand=singleValueExtendedProperties($filter=id eq '${property.id}')`;
    const again = await server.ask(`/me/messages/${id}?${expand}`);
    expect(again.json).toMatchObject({ ...changed, singleValueExtendedProperties: [property] });
  });

  test('that arrived keeps its subject, and no message has what messages have not', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const set = (body: object) => server.ask(`PATCH /me/messages/${id}`, { body });
    expect(await set({ subject: 'Other' })).toMatchObject({ status: 400, code: 'ErrorInvalidPropertySet' });
    const unknown = await set({ colour: 'red' });
    expect(unknown).toMatchObject({ status: 400, code: 'RequestBodyRead' });
    expect(unknown.text).toContain("The property 'colour' does not exist on type 'microsoft.graph.message'");
    expect((await set({ importance: 'urgent' })).code).toBe('RequestBodyRead');
    expect((await server.ask(`PATCH /me/messages/${id}`, { body: '{' })).text).toContain('Unable to read JSON');
  });

  test('is changed only by who knows its last change, where the request says so', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const { headers } = await server.ask(`/me/messages/${id}`);
    const mark = (isRead: boolean, etag: string) =>
      server.ask(`PATCH /me/messages/${id}`, { body: { isRead }, headers: { 'If-Match': etag } });
    const etag = headers.get('etag') ?? '';
    expect((await mark(true, etag)).status).toBe(200);
    expect(await mark(false, etag)).toMatchObject({ status: 412, code: 'ErrorIrresolvableConflict' });
    expect((await mark(false, '*')).status).toBe(200);
  });

  test('has another id once it was moved, unless ids are immutable', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const { json: before } = await server.ask(`/me/messages/${id}`, { headers: immutable });
    const body = { destinationId: 'junkemail' };
    const moved = await server.ask(`POST /me/messages/${id}/move`, { body });
    expect(moved.status).toBe(201);
    expect(moved.json['id']).not.toBe(id);
    expect(moved.json['parentFolderId']).not.toBe(before['parentFolderId']);
    expect((await server.ask(`/me/messages/${id}`)).code).toBe('ErrorItemNotFound');
    const kept = await server.ask(`/me/messages/${String(before['id'])}`, { headers: immutable });
    expect(kept.json['id']).toBe(before['id']);
    expect(kept.headers.get('preference-applied')).toBe('IdType="ImmutableId"');
    expect(await subjectsIn(server, 'junkemail')).toEqual(['Hello']);
  });

  test('is copied, under ids of its own', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const { json: before } = await server.ask(`/me/messages/${id}`, { headers: immutable });
    const body = { destinationId: 'archive' };
    const { status, json } = await server.ask(`POST /me/messages/${id}/copy`, { body, headers: immutable });
    expect(status).toBe(201);
    expect(json['id']).not.toBe(before['id']);
    expect(await subjectsIn(server, 'inbox')).toEqual(['Hello']);
    expect(await subjectsIn(server, 'archive')).toEqual(['Hello']);
    expect((await server.ask(`POST /me/messages/${id}/copy`, { body: {} })).code).toBe('BadRequest');
  });

  test('is deleted into Deleted Items, from there for good, and for good at once', async () => {
    await using server = await startGraphServer();
    const first = server.idOf(server.deliver({ subject: 'First' }));
    const second = server.idOf(server.deliver({ subject: 'Second' }));
    expect((await server.ask(`DELETE /me/messages/${first}`)).status).toBe(204);
    expect(await subjectsIn(server, 'deleteditems')).toEqual(['First']);
    const { value } = await server.ask('/me/mailFolders/deleteditems/messages');
    expect((await server.ask(`DELETE /me/messages/${String(value[0]?.['id'])}`)).status).toBe(204);
    expect((await server.ask(`POST /me/messages/${second}/permanentDelete`)).status).toBe(204);
    expect(await subjectsIn(server, 'deleteditems')).toEqual([]);
    expect(await subjectsIn(server, 'inbox')).toEqual([]);
  });
});

test.describe('attachments', () => {
  test('are added, listed, read and removed', async () => {
    await using server = await startGraphServer();
    const { json } = await server.ask('POST /me/messages', { body: { subject: 'Draft' } });
    const path = `/me/messages/${String(json['id'])}/attachments`;
    const body = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'ü.bin', contentBytes: '/wA=' };
    const added = await server.ask(`POST ${path}`, { body });
    expect(added).toMatchObject({ status: 201, json: { ...body, size: 2, isInline: false } });
    expect((await server.ask(path)).value).toEqual([expect.objectContaining({ id: added.json['id'], name: 'ü.bin' })]);
    const one = `${path}/${String(added.json['id'])}`;
    expect((await server.ask(one)).json['contentBytes']).toBe('/wA=');
    expect((await server.ask(`${one}/$value`)).headers.get('content-type')).toBe('application/octet-stream');
    expect((await server.ask(`DELETE ${one}`)).status).toBe(204);
    expect((await server.ask(path)).value).toEqual([]);
    expect((await server.ask(one)).code).toBe('ErrorItemNotFound');
  });

  test('have to be files, with a name', async () => {
    await using server = await startGraphServer();
    const { json } = await server.ask('POST /me/messages', { body: {} });
    const add = (body: object) => server.ask(`POST /me/messages/${String(json['id'])}/attachments`, { body });
    expect((await add({ name: 'a', contentBytes: '' })).text).toContain('#microsoft.graph.fileAttachment');
    const unnamed = { '@odata.type': '#microsoft.graph.fileAttachment', contentBytes: '' };
    expect((await add(unnamed)).text).toContain("'name' is required");
  });
});

test.describe('folders', () => {
  test('are the well-known ones, found by name, and those that are made', async () => {
    await using server = await startGraphServer();
    server.deliver();
    const names = (await server.ask('/me/mailFolders?$top=50')).value.map(({ displayName }) => displayName);
    expect(names).toEqual(expect.arrayContaining(['Inbox', 'Sent Items', 'Drafts', 'Deleted Items', 'Junk Email']));
    const inbox = await server.ask('/me/mailFolders/inbox');
    expect(inbox.json).toMatchObject({ displayName: 'Inbox', totalItemCount: 1, unreadItemCount: 1 });

    const made = await server.ask('POST /me/mailFolders/inbox/childFolders', { body: { displayName: 'Sub' } });
    expect(made).toMatchObject({ status: 201, json: { displayName: 'Sub', parentFolderId: inbox.json['id'] } });
    const found = await server.ask("/me/mailFolders/inbox/childFolders?$filter=displayName eq 'sub'&$select=id");
    expect(found.value).toEqual([{ id: made.json['id'] }]);
  });

  test('are renamed, moved and removed, but for the well-known ones', async () => {
    await using server = await startGraphServer();
    const body = { displayName: 'Made' };
    const { json } = await server.ask('POST /me/mailFolders', { body });
    expect(await server.ask('POST /me/mailFolders', { body })).toMatchObject({
      status: 409,
      code: 'ErrorFolderExists',
    });
    const path = `/me/mailFolders/${String(json['id'])}`;
    expect((await server.ask(`PATCH ${path}`, { body: { displayName: 'Other' } })).json['displayName']).toBe('Other');
    const moved = await server.ask(`POST ${path}/move`, { body: { destinationId: 'inbox' } });
    expect(moved.json).toMatchObject({ id: json['id'], displayName: 'Other' });
    expect((await server.ask(`DELETE ${path}`)).status).toBe(204);
    expect((await server.ask(path)).code).toBe('ErrorItemNotFound');
    const kept = await server.ask('DELETE /me/mailFolders/inbox');
    expect(kept).toMatchObject({ status: 403, code: 'ErrorDeleteDistinguishedFolder' });
  });
});
