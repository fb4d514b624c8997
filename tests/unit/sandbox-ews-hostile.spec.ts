import { expect, test } from '@playwright/test';
import { codes, envelope, startEwsServer, texts, type EwsServer } from './sandbox-ews-server.js';

let server: EwsServer;
test.beforeAll(async () => {
  server = await startEwsServer();
});
test.afterAll(() => server[Symbol.asyncDispose]());

const getFolder = (id: string) =>
  `<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${id}"/></m:FolderIds></m:GetFolder>`;

for (const [what, operation, code] of [
  ['an operation', '<m:constructor/>', 'ErrorSchemaValidation'],
  ['a kind of item', create('<t:constructor/>'), 'ErrorInvalidItemForOperationCreateItem'],
  ['a field', create('<t:Message><t:constructor>x</t:constructor></t:Message>'), 'ErrorInvalidPropertySet'],
  ['a subscription', '<m:Subscribe><m:toString/></m:Subscribe>', 'ErrorInvalidSubscriptionRequest'],
  ['a condition', find('<t:valueOf><t:FieldURI FieldURI="item:Subject"/></t:valueOf>'), 'ErrorInvalidRestriction'],
  ['a way to contain', find(contains('constructor')), 'ErrorSchemaValidation'],
  ['a format', '<m:ConvertId DestinationFormat="constructor"><m:SourceIds/></m:ConvertId>', 'ErrorSchemaValidation'],
  ['no parent', '<m:CreateFolder><m:Folders><t:Folder/></m:Folders></m:CreateFolder>', 'ErrorSchemaValidation'],
  ['a state that is none', sync(Buffer.from('null').toString('base64')), 'ErrorInvalidSyncStateData'],
] as const) {
  test(`what stands for ${what} and is none is refused in words`, async () => {
    expect(codes(await server.call(operation))).toEqual([code]);
  });
}

function create(item: string): string {
  return `<m:CreateItem MessageDisposition="SaveOnly"><m:Items>${item}</m:Items></m:CreateItem>`;
}

function find(restriction: string): string {
  const shape = '<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>';
  const inbox = '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds>';
  return `<m:FindItem Traversal="Shallow">${shape}<m:Restriction>${restriction}</m:Restriction>${inbox}</m:FindItem>`;
}

function contains(mode: string): string {
  return `<t:Contains ContainmentMode="${mode}"><t:FieldURI FieldURI="item:Subject"/><t:Constant Value="a"/></t:Contains>`;
}

function sync(state: string): string {
  return `<m:SyncFolderHierarchy><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:SyncState>${state}</m:SyncState></m:SyncFolderHierarchy>`;
}

test('a fault is short, however long what is wrong', async () => {
  const answer = await (await server.post(getFolder('x'.repeat(1_000_000)))).text();
  expect(answer.length).toBeLessThan(4000);
  expect(answer).toContain('xxx...');
});

test('entities are refused, and prefixes are as the client likes them', async () => {
  const ask = async (body: string) => {
    const headers = { 'Content-Type': 'text/xml', Authorization: 'Bearer delegated' };
    return (await fetch(server.url, { method: 'POST', headers, body })).text();
  };
  const entity = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>${envelope(getFolder('&a;')).replace(/<\?.*?\?>/, '')}`;
  expect(await ask(entity)).toContain('ErrorSchemaValidation');
  const renamed = envelope(getFolder('inbox')).replace(/(<\/?|xmlns:)(?=[smt]\b)/g, '$1SOAP-ENV-');
  expect(renamed).toContain('<SOAP-ENV-m:GetFolder>');
  expect(await ask(renamed)).toContain('NoError');
});

const view =
  '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape>' +
  '<m:CalendarView StartDate="2026-11-01T00:00:00Z" EndDate="2026-12-01T00:00:00Z"/>' +
  '<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>';

function appointment(pattern: string): string {
  return (
    '<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Start>2026-11-02T09:00:00Z</t:Start>' +
    `<t:Recurrence>${pattern}<t:NoEndRecurrence><t:StartDate>2026-11-02</t:StartDate></t:NoEndRecurrence></t:Recurrence>` +
    '</t:CalendarItem></m:Items></m:CreateItem>'
  );
}

test('a rule that makes no sense is refused, and one that comes by mail spoils no view', async () => {
  await using own = await startEwsServer();
  for (const interval of ['0', '-1', '1000', 'often']) {
    const daily = `<t:DailyRecurrence><t:Interval>${interval}</t:Interval></t:DailyRecurrence>`;
    expect(codes(await own.call(appointment(daily)))).toEqual(['ErrorCalendarInvalidRecurrence']);
  }
  const never =
    '<t:AbsoluteYearlyRecurrence><t:DayOfMonth>31</t:DayOfMonth><t:Month>February</t:Month></t:AbsoluteYearlyRecurrence>';
  expect(codes(await own.call(appointment(never)))).toEqual(['NoError']);
  for (const [number, rule] of [
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=MONTHLY;BYMONTHDAY=99',
  ].entries()) {
    const calendar = ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', `UID:${number}`, 'DTSTART:20261102T090000Z']
      .concat(
        'DTEND:20261102T100000Z',
        `RRULE:${rule}`,
        'ORGANIZER:mailto:a@contoso.com',
        'END:VEVENT',
        'END:VCALENDAR',
      )
      .join('\r\n');
    const source = Buffer.from(`From: a@contoso.com\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n${calendar}`);
    own.store.deliver({ to: ['qa@contoso.com'], source });
  }
  const plain = '<t:DailyRecurrence><t:Interval>14</t:Interval></t:DailyRecurrence>';
  await own.call(appointment(plain));
  const seen = await own.call(view);
  expect(codes(seen)).toEqual(['NoError']);
  expect(texts(seen, 'Start')).toContain('2026-11-16T09:00:00Z');
});

test('a thousand folders are made, found and synchronised', async () => {
  await using own = await startEwsServer();
  const folders = Array.from(
    { length: 1000 },
    (_, index) => `<t:Folder><t:DisplayName>${index}</t:DisplayName></t:Folder>`,
  );
  const inbox = '<t:DistinguishedFolderId Id="inbox"/>';
  const made = await own.call(
    `<m:CreateFolder><m:ParentFolderId>${inbox}</m:ParentFolderId><m:Folders>${folders.join('')}</m:Folders></m:CreateFolder>`,
  );
  expect(new Set(codes(made))).toEqual(new Set(['NoError']));
  const shape = '<m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>';
  const found = await own.call(
    `<m:FindFolder Traversal="Deep">${shape}<m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindFolder>`,
  );
  expect(texts(found, 'DisplayName')).toHaveLength(1000);
  const synced = await own.call(`<m:SyncFolderHierarchy>${shape}</m:SyncFolderHierarchy>`);
  expect(texts(synced, 'DisplayName').length).toBeGreaterThan(1000);
});
