import { expect, test } from '@playwright/test';
import { deliver } from '../../src/sandbox/delivery/deliver.js';
import {
  mail,
  recipient,
  startGraphServer,
  subjectsIn,
  type GraphServer,
  type Json,
  type MailFields,
} from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeEach(async () => {
  server = await startGraphServer();
});
test.afterEach(() => server[Symbol.asyncDispose]());

const path = '/me/mailFolders/inbox/messageRules';

function addRule(conditions: Json, actions: Json, more: Json = {}) {
  const body = { displayName: 'Ours', sequence: 1, conditions, actions, ...more };
  return server.ask(`POST ${path}`, { body });
}

async function receive(fields: MailFields = {}, to = ['qa@contoso.com']) {
  await deliver(server.store, { to, source: mail(fields) });
}

const inFolder = (folder: string, address?: string) => subjectsIn(server, folder, address);

test('a rule is created, listed, read, changed and deleted', async () => {
  const folder = await server.ask('POST /me/mailFolders', { body: { displayName: 'Builds' } });
  const moveToFolder = folder.json['id'];
  const created = await addRule({ senderContains: ['ann'] }, { moveToFolder, stopProcessingRules: true });
  expect(created.status, created.text).toBe(201);
  const { id } = created.json;
  const rule = {
    id,
    displayName: 'Ours',
    sequence: 1,
    isEnabled: true,
    hasError: false,
    isReadOnly: false,
    conditions: { senderContains: ['ann'] },
    actions: { moveToFolder, stopProcessingRules: true },
  };
  expect((await server.ask(path)).value).toEqual([rule]);
  const changed = await server.ask(`PATCH ${path}/${String(id)}`, { body: { displayName: 'New', isEnabled: false } });
  expect(changed.json).toMatchObject({ ...rule, displayName: 'New', isEnabled: false });
  expect((await server.ask(`${path}/${String(id)}`)).json).toMatchObject({ displayName: 'New' });
  expect((await server.ask(`DELETE ${path}/${String(id)}`)).status).toBe(204);
  expect((await server.ask(`${path}/${String(id)}`)).code).toBe('ErrorItemNotFound');
});

test('what is no rule is refused, and rules of another folder', async () => {
  expect((await addRule({}, {})).status).toBe(400);
  expect((await addRule({ subject: 'x' }, { delete: true })).status).toBe(400);
  expect((await addRule({}, { shout: true })).status).toBe(400);
  expect((await addRule({}, { forwardTo: ['ann@contoso.com'] })).status).toBe(400);
  expect((await addRule({}, { moveToFolder: 'nowhere' })).code).toBe('ErrorInvalidIdMalformed');
  expect((await server.ask('/me/mailFolders/drafts/messageRules')).status).toBe(400);
});

const inviting = 'Content-Type: text/calendar; method=REQUEST\r\nX: y';

for (const [conditions, fits] of [
  [{ subjectContains: ['VERIFY'] }, { subject: 'Please verify' }],
  [{ bodyContains: ['code'] }, { body: 'Your code' }],
  [{ bodyOrSubjectContains: ['code'] }, { subject: 'Your code' }],
  [{ senderContains: ['ann'] }, { from: 'Ann <a@contoso.com>' }],
  [{ fromAddresses: [recipient('a@contoso.com')] }, { from: 'Ann <A@contoso.com>' }],
  [{ recipientContains: ['+news'] }, { to: 'qa+news@contoso.com' }],
  [{ headerContains: ['x-build: 7'] }, { headers: ['X-Build: 7'] }],
  [{ sentCcMe: true }, { to: 'team@contoso.com', headers: ['Cc: qa+a@contoso.com'] }],
  [{ sentOnlyToMe: false }, { headers: ['Cc: team@contoso.com'] }],
  [{ importance: 'high' }, { headers: ['Importance: high', 'X-Priority: 1'] }],
  [{ sensitivity: 'private' }, { headers: ['Sensitivity: Private'] }],
  [{ isAutomaticReply: true }, { headers: ['Auto-Submitted: auto-replied'] }],
  [{ isMeetingRequest: true }, { headers: [inviting], body: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR' }],
  [{ withinSizeRange: { minimumSize: 1, maximumSize: 100 } }, { body: 'x'.repeat(2000) }],
] as const) {
  test(`a mail is told by ${JSON.stringify(conditions)}`, async () => {
    await addRule(conditions, { moveToFolder: 'archive' });
    await receive({ subject: 'Other', from: 'b@contoso.com', to: 'qa@contoso.com', body: 'x' });
    await receive({ subject: 'Fits', ...fits });
    expect(await inFolder('inbox')).toEqual(['Other']);
    expect(await inFolder('archive')).toEqual([{ subject: 'Fits', ...fits }.subject]);
  });
}

test('all conditions have to hold, and no exception', async () => {
  const exceptions = { subjectContains: ['urgent'] };
  await addRule({ subjectContains: ['build'], senderContains: ['ci'] }, { delete: true }, { exceptions });
  await receive({ subject: 'Build 1', from: 'ci@contoso.com' });
  await receive({ subject: 'Build 2', from: 'ann@contoso.com' });
  await receive({ subject: 'Urgent build 3', from: 'ci@contoso.com' });
  expect(new Set(await inFolder('inbox'))).toEqual(new Set(['Build 2', 'Urgent build 3']));
  expect(await inFolder('deleteditems')).toEqual(['Build 1']);
});

test('a message is copied, marked, categorised, and its importance set', async () => {
  await addRule({}, { copyToFolder: 'archive', markAsRead: true, assignCategories: ['Red'], markImportance: 'high' });
  await receive({ subject: 'One' });
  const [inbox] = (await server.ask('/me/mailFolders/inbox/messages')).value;
  expect(inbox).toMatchObject({ subject: 'One', isRead: true, categories: ['Red'], importance: 'high' });
  expect(await inFolder('archive')).toEqual(['One']);
});

test('rules are applied in their order, until one stops it, and a disabled one is none', async () => {
  await addRule({}, { assignCategories: ['Third'] }, { sequence: 3 });
  await addRule({}, { assignCategories: ['Second'], stopProcessingRules: true }, { sequence: 2 });
  await addRule({}, { assignCategories: ['First'] }, { sequence: 1 });
  await addRule({}, { permanentDelete: true }, { sequence: 0, isEnabled: false });
  await receive();
  expect((await server.ask('/me/messages')).value[0]).toMatchObject({ categories: ['First', 'Second'] });
});

test('a message is forwarded, attached and redirected, and thrown away', async () => {
  await addRule(
    {},
    {
      forwardTo: [recipient('b@contoso.com')],
      forwardAsAttachmentTo: [recipient('c@contoso.com')],
      redirectTo: [recipient('d@contoso.com')],
      permanentDelete: true,
    },
  );
  await receive({ subject: 'News', from: 'App <app@contoso.com>' });
  expect((await server.ask('/me/messages')).value).toEqual([]);
  const of = async (address: string) => (await server.ask(`/users/${address}/messages`, { token: 'app' })).value[0];
  expect(await of('b@contoso.com')).toMatchObject({
    subject: 'FW: News',
    from: { emailAddress: { address: 'qa@contoso.com' } },
    toRecipients: [{ emailAddress: { address: 'b@contoso.com' } }],
  });
  expect(await of('c@contoso.com')).toMatchObject({ subject: 'FW: News', hasAttachments: true });
  expect(await of('d@contoso.com')).toMatchObject({
    subject: 'News',
    from: { emailAddress: { address: 'app@contoso.com' } },
    toRecipients: [{ emailAddress: { address: 'qa@contoso.com' } }],
  });
});

test('mailboxes that send all on to each other do so once', async () => {
  await addRule({}, { redirectTo: [recipient('b@contoso.com')] });
  const body = { displayName: 'Back', sequence: 1, actions: { redirectTo: [recipient('qa@contoso.com')] } };
  const url = 'POST /users/b@contoso.com/mailFolders/inbox/messageRules';
  expect((await server.ask(url, { token: 'app', body })).status).toBe(201);
  await receive({ subject: 'Ping' });
  expect(await inFolder('inbox')).toEqual(['Ping', 'Ping']);
  expect(await inFolder('inbox', 'b@contoso.com')).toEqual(['Ping']);
});

test('what a sender was overridden to be is where its mail goes from then on', async () => {
  await receive({ from: 'ann@contoso.com', subject: 'Before' });
  const body = { classifyAs: 'other', senderEmailAddress: { address: 'ann@contoso.com' } };
  await server.ask('POST /me/inferenceClassification/overrides', { body });
  await receive({ from: 'Ann <ANN@contoso.com>', subject: 'After' });
  await receive({ from: 'b@contoso.com', subject: 'Somebody' });
  const filtered = await server.ask("/me/messages?$filter=inferenceClassification eq 'other'");
  expect(filtered.value.map(({ subject }) => subject)).toEqual(['After']);
});

test('mail that is sent over Graph goes by the rules of who gets it', async () => {
  await addRule({ subjectContains: ['report'] }, { moveToFolder: 'archive' });
  const message = { subject: 'Report', toRecipients: [recipient('qa@contoso.com')] };
  expect((await server.ask('POST /me/sendMail', { body: { message } })).status).toBe(202);
  expect(await inFolder('archive')).toEqual(['Report']);
});
