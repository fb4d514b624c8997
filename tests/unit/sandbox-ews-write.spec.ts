import { expect, test } from '@playwright/test';
import { simpleParser } from 'mailparser';
import { submit } from '../../src/sandbox/ews/items/submit.js';
import { MailStore } from '../../src/sandbox/store/store.js';
import { all, codes, mail, startEwsServer, texts, type EwsServer } from './sandbox-ews-server.js';

const subject = (text: string) => `<t:Subject>${text}</t:Subject>`;

function recipients(field: string, ...addresses: string[]): string {
  const list = addresses.map((address) => `<t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox>`);
  return `<t:${field}>${list.join('')}</t:${field}>`;
}

function createItem(message: string, disposition = 'SendAndSaveCopy', target = ''): string {
  return (
    `<m:CreateItem MessageDisposition="${disposition}">${target}` +
    `<m:Items><t:Message>${message}</t:Message></m:Items></m:CreateItem>`
  );
}

function extended(tag: string, value: string, type = 'String'): string {
  const uri = `<t:ExtendedFieldURI PropertyTag="${tag}" PropertyType="${type}"/>`;
  return `<t:ExtendedProperty>${uri}<t:Value>${value}</t:Value></t:ExtendedProperty>`;
}

function folder(
  server: EwsServer,
  role: 'inbox' | 'sentitems' | 'drafts' | 'deleteditems',
  address = 'qa@contoso.com',
) {
  return server.store.account(address).folder(role).messages;
}

async function createDraft(server: EwsServer, message: string) {
  const answer = await server.call(createItem(message, 'SaveOnly'));
  return all(answer, 'ItemId')[0]!.attributes as { Id: string; ChangeKey: string };
}

function updateItem(
  id: { Id: string; ChangeKey?: string },
  updates: string,
  attributes = 'ConflictResolution="AutoResolve"',
) {
  const key = id.ChangeKey ? ` ChangeKey="${id.ChangeKey}"` : '';
  return (
    `<m:UpdateItem MessageDisposition="SaveOnly" ${attributes}><m:ItemChanges><t:ItemChange>` +
    `<t:ItemId Id="${id.Id}"${key}/><t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`
  );
}

function set(uri: string, element: string): string {
  return `<t:SetItemField><t:FieldURI FieldURI="${uri}"/><t:Message>${element}</t:Message></t:SetItemField>`;
}

test('a sent message reaches To, Cc and Bcc, and only the sender sees Bcc', async () => {
  await using server = await startEwsServer();
  const message =
    subject('Hi &amp; bye') +
    '<t:Body BodyType="HTML">&lt;p&gt;Grüße&lt;/p&gt;</t:Body>' +
    extended('4149', '&lt;own-1@contoso.com&gt;') +
    recipients('ToRecipients', 'a@contoso.com') +
    recipients('CcRecipients', 'b+tag@contoso.com') +
    recipients('BccRecipients', 'c@contoso.com');
  const answer = await server.call(createItem(message));
  expect(codes(answer)).toEqual(['NoError']);
  expect(all(answer, 'ItemId')).toEqual([]);
  for (const address of ['a@contoso.com', 'b@contoso.com', 'c@contoso.com']) {
    const [received] = folder(server, 'inbox', address);
    const parsed = await received!.parsed();
    expect(parsed).toMatchObject({ subject: 'Hi & bye', messageId: '<own-1@contoso.com>', html: '<p>Grüße</p>' });
    expect(parsed.from?.text).toBe('qa@contoso.com');
    expect(parsed.headers.has('bcc')).toBe(false);
  }
  const [sent] = folder(server, 'sentitems');
  expect(sent!.flags.has('\\Seen')).toBe(true);
  expect((await sent!.parsed()).bcc).toMatchObject({ value: [{ address: 'c@contoso.com' }] });
});

test('SendOnly keeps no copy', async () => {
  await using server = await startEwsServer();
  await server.call(createItem(recipients('ToRecipients', 'a@contoso.com'), 'SendOnly'));
  expect(folder(server, 'inbox', 'a@contoso.com')).toHaveLength(1);
  expect(folder(server, 'sentitems')).toHaveLength(0);
});

test('a message is sent as its MIME says', async () => {
  await using server = await startEwsServer();
  const source = mail({ to: 'a@contoso.com', subject: 'As it is', headers: ['Bcc: c@contoso.com', 'X-Own: 1'] });
  await server.call(createItem(`<t:MimeContent CharacterSet="UTF-8">${source.toString('base64')}</t:MimeContent>`));
  const [received] = folder(server, 'inbox', 'c@contoso.com');
  const text = received!.source.toString();
  expect(text).toContain('X-Own: 1\r\n');
  expect(text).toContain('Message-ID: <1@contoso.com>\r\n');
  expect(text).not.toContain('Bcc');
  expect(folder(server, 'inbox', 'a@contoso.com')).toHaveLength(1);
});

test('a message of many megabytes is sent, as MIME or with an attachment', async () => {
  await using server = await startEwsServer();
  // From some five megabytes of base64 on, a pattern of groups would overflow the stack.
  const content = Buffer.alloc(5_000_000, 'mail').toString('base64');
  const attachment = `<t:FileAttachment><t:Name>a.bin</t:Name><t:Content>${content}</t:Content></t:FileAttachment>`;
  const to = recipients('ToRecipients', 'a@contoso.com');
  const source = mail({ to: 'a@contoso.com', body: content.replace(/.{76}/g, '$&\r\n') }).toString('base64');
  for (const message of [
    `<t:Attachments>${attachment}</t:Attachments>${to}`,
    `<t:MimeContent>${source}</t:MimeContent>`,
  ]) {
    expect(codes(await server.call(createItem(message, 'SendOnly')))).toEqual(['NoError']);
  }
  const sizes = folder(server, 'inbox', 'a@contoso.com').map((received) => received.source.length > content.length);
  expect(sizes).toEqual([true, true]);
});

test('a message above what Exchange sends is refused', async () => {
  const store = new MailStore();
  const account = store.account('qa@contoso.com');
  const large = Buffer.concat([mail(), Buffer.alloc(35 * 1024 * 1024, '.')]);
  await expect(submit(store, account, large)).rejects.toMatchObject({ code: 'ErrorMessageSizeExceeded' });
  expect(account.folder('inbox').messages).toEqual([]);
});

test('a message to nobody is refused', async () => {
  await using server = await startEwsServer();
  expect(codes(await server.call(createItem(subject('x'))))).toEqual(['ErrorInvalidRecipients']);
  expect(codes(await server.call(createItem(recipients('ToRecipients', 'nobody'))))).toEqual([
    'ErrorInvalidRecipients',
  ]);
});

test('MIME that is no base64 is refused', async () => {
  await using server = await startEwsServer();
  const answer = await server.call(createItem('<t:MimeContent>!</t:MimeContent>', 'SaveOnly'));
  expect(codes(answer)).toEqual(['ErrorMimeContentInvalidBase64String']);
});

test('a message saved into the inbox is no draft where its message flags say so', async () => {
  await using server = await startEwsServer();
  const target = '<m:SavedItemFolderId><t:DistinguishedFolderId Id="inbox"/></m:SavedItemFolderId>';
  const properties = extended('0x0E07', '0', 'Integer') + extended('0x0E06', '2026-01-02T03:04:05Z', 'SystemTime');
  const mime = `<t:MimeContent>${mail().toString('base64')}</t:MimeContent>`;
  await server.call(createItem(mime + properties, 'SaveOnly', target));
  const [saved] = folder(server, 'inbox');
  expect([...saved!.flags]).toEqual([]);
  expect(saved!.receivedAt.toISOString()).toBe('2026-01-02T03:04:05.000Z');
  expect(saved!.source).toEqual(mail());
});

test('a draft is edited, gets attachments and is sent', async () => {
  await using server = await startEwsServer();
  const id = await createDraft(server, subject('Draft') + recipients('ToRecipients', 'a@contoso.com'));
  const updates =
    set('item:Subject', subject('Final')) +
    set('item:Body', '<t:Body BodyType="Text">New</t:Body>') +
    set('message:ToRecipients', recipients('ToRecipients', 'b@contoso.com')) +
    '<t:AppendToItemField><t:FieldURI FieldURI="message:CcRecipients"/><t:Message>' +
    `${recipients('CcRecipients', 'c@contoso.com')}</t:Message></t:AppendToItemField>`;
  const updated = all(await server.call(updateItem(id, updates)), 'ItemId')[0]!.attributes;
  expect(updated['ChangeKey']).not.toBe(id.ChangeKey);
  const attached = await server.call(
    `<m:CreateAttachment><m:ParentItemId Id="${id.Id}"/><m:Attachments>` +
      '<t:FileAttachment><t:Name>a.txt</t:Name><t:ContentType>text/plain</t:ContentType><t:Content>aGk=</t:Content></t:FileAttachment>' +
      `<t:ItemAttachment><t:Name>Inner</t:Name><t:Message>${subject('Inner')}</t:Message></t:ItemAttachment>` +
      '</m:Attachments></m:CreateAttachment>',
  );
  const key = all(attached, 'AttachmentId').at(-1)!.attributes['RootItemChangeKey'];
  const send = (changeKey: string) =>
    server.call(
      `<m:SendItem SaveItemToFolder="true"><m:ItemIds><t:ItemId Id="${id.Id}" ChangeKey="${changeKey}"/></m:ItemIds></m:SendItem>`,
    );
  expect(codes(await send(id.ChangeKey))).toEqual(['ErrorStaleObject']);
  expect(codes(await send(key!))).toEqual(['NoError']);
  expect(folder(server, 'drafts')).toHaveLength(0);
  expect(folder(server, 'inbox', 'a@contoso.com')).toHaveLength(0);
  expect(folder(server, 'inbox', 'c@contoso.com')).toHaveLength(1);
  const received = await folder(server, 'inbox', 'b@contoso.com')[0]!.parsed();
  expect(received.subject).toBe('Final');
  expect(received.text?.trim()).toBe('New');
  expect(received.attachments.map(({ filename, content }) => [filename, content.toString().slice(0, 2)])).toEqual([
    ['a.txt', 'hi'],
    ['Inner', expect.any(String)],
  ]);
});

test('attachments come back, files with their content and messages as items', async () => {
  await using server = await startEwsServer();
  const id = await createDraft(
    server,
    '<t:Attachments><t:FileAttachment><t:Name>ü.bin</t:Name><t:ContentType>application/x-own</t:ContentType><t:Content>AAEC</t:Content></t:FileAttachment>' +
      `<t:ItemAttachment><t:Name>Inner</t:Name><t:Message>${subject('Inner &lt;1&gt;')}</t:Message></t:ItemAttachment></t:Attachments>`,
  );
  const item = await server.call(
    `<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${id.Id}"/></m:ItemIds></m:GetItem>`,
  );
  expect(texts(item, 'Name')).toEqual(expect.arrayContaining(['ü.bin', 'Inner']));
  const ids = all(item, 'AttachmentId').map((element) => `<t:AttachmentId Id="${element.attributes['Id']}"/>`);
  const answer = await server.call(
    `<m:GetAttachment><m:AttachmentIds>${ids.join('')}</m:AttachmentIds></m:GetAttachment>`,
  );
  expect(texts(answer, 'Content')).toEqual(['AAEC']);
  expect(texts(answer, 'Subject')).toEqual(['Inner <1>']);
  const unknown = '<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="AAAA"/></m:AttachmentIds></m:GetAttachment>';
  expect(codes(await server.call(unknown))).toEqual(['ErrorInvalidAttachmentId']);
});

test('flags, categories and own properties are set, found and carried along by a move', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const uri =
    '<t:ExtendedFieldURI PropertySetId="00020329-0000-0000-C000-000000000046" PropertyName="Run" PropertyType="Integer"/>';
  const own = `<t:ExtendedProperty>${uri}<t:Value>7</t:Value></t:ExtendedProperty>`;
  const updates =
    set('message:IsRead', '<t:IsRead>true</t:IsRead>') +
    set('item:Categories', '<t:Categories><t:String>Red</t:String><t:String>Two words</t:String></t:Categories>') +
    `<t:SetItemField>${uri}<t:Message>${own}</t:Message></t:SetItemField>`;
  const answer = await server.call(updateItem({ Id: message!.id }, updates, 'ConflictResolution="AlwaysOverwrite"'));
  expect(codes(answer)).toEqual(['NoError']);
  const moved = await server.call(
    `<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId><m:ItemIds><t:ItemId Id="${message!.id}"/></m:ItemIds></m:MoveItem>`,
  );
  const newId = all(moved, 'ItemId')[0]!.attributes['Id'];
  expect(newId).not.toBe(message!.id);
  const search = '<t:ExtendedFieldURI PropertyTag="0x300B" PropertyType="Binary"/>';
  const found = await server.call(
    `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape><t:AdditionalProperties>${uri}${search}</t:AdditionalProperties></m:ItemShape>` +
      `<m:Restriction><t:And><t:IsGreaterThan>${uri}<t:FieldURIOrConstant><t:Constant Value="6"/></t:FieldURIOrConstant></t:IsGreaterThan>` +
      '<t:Contains ContainmentMode="FullString" ContainmentComparison="Exact"><t:FieldURI FieldURI="item:Categories"/><t:Constant Value="Two words"/></t:Contains></t:And></m:Restriction>' +
      '<m:ParentFolderIds><t:DistinguishedFolderId Id="deleteditems"/></m:ParentFolderIds></m:FindItem>',
  );
  expect(all(found, 'ItemId')[0]!.attributes['Id']).toBe(newId);
  expect(texts(found, 'Value')).toEqual(['7', message!.searchKey]);
  expect(texts(found, 'String')).toEqual(['Red', 'Two words']);
  expect(texts(found, 'IsRead')).toEqual(['true']);
});

test('a change that did not see the latest state is refused where nothing may be overwritten', async () => {
  await using server = await startEwsServer();
  const id = await createDraft(server, subject('1'));
  await server.call(updateItem(id, set('item:Subject', subject('2'))));
  const never = 'ConflictResolution="NeverOverwrite"';
  expect(codes(await server.call(updateItem(id, set('item:Subject', subject('3')), never)))).toEqual([
    'ErrorIrresolvableConflict',
  ]);
  expect(codes(await server.call(updateItem({ Id: id.Id }, set('item:Subject', subject('3')), never)))).toEqual([
    'ErrorChangeKeyRequiredForWriteOperations',
  ]);
  expect((await folder(server, 'drafts')[0]!.parsed()).subject).toBe('2');
});

test('a property is taken away', async () => {
  await using server = await startEwsServer();
  const id = await createDraft(server, subject('1') + recipients('CcRecipients', 'c@contoso.com'));
  const deletion = (uri: string) => `<t:DeleteItemField><t:FieldURI FieldURI="${uri}"/></t:DeleteItemField>`;
  await server.call(updateItem(id, deletion('item:Subject') + deletion('message:CcRecipients')));
  const parsed = await folder(server, 'drafts')[0]!.parsed();
  expect(parsed.subject ?? '').toBe('');
  expect(parsed.cc).toBeUndefined();
});

test('an edit of a received message keeps its other headers', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail({ headers: ['X-Own: kept'] }) });
  await server.call(
    updateItem({ Id: message!.id }, set('item:Subject', subject('Renamed')), 'ConflictResolution="AlwaysOverwrite"'),
  );
  const parsed = await simpleParser(message!.source);
  expect(parsed.subject).toBe('Renamed');
  expect(parsed.headers.get('x-own')).toBe('kept');
  expect(parsed.headers.has('received')).toBe(true);
});

test('messages are copied, and deleted for good or into Deleted Items', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const items = (id: string) => `<m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds>`;
  const copied = await server.call(
    `<m:CopyItem><m:ToFolderId><t:DistinguishedFolderId Id="drafts"/></m:ToFolderId>${items(message!.id)}</m:CopyItem>`,
  );
  const copy = all(copied, 'ItemId')[0]!.attributes['Id']!;
  await server.call(`<m:DeleteItem DeleteType="MoveToDeletedItems">${items(message!.id)}</m:DeleteItem>`);
  await server.call(`<m:DeleteItem DeleteType="HardDelete">${items(copy)}</m:DeleteItem>`);
  expect(['inbox', 'drafts', 'deleteditems'].map((role) => folder(server, role as 'inbox').length)).toEqual([0, 0, 1]);
  const again = await server.call(`<m:DeleteItem DeleteType="SoftDelete">${items(copy)}</m:DeleteItem>`);
  expect(codes(again)).toEqual(['ErrorItemNotFound']);
});

test('all messages of a folder are marked as read', async () => {
  await using server = await startEwsServer();
  for (let n = 0; n < 3; n++) server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  await server.call(
    '<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:MarkAllItemsAsRead>',
  );
  expect(folder(server, 'inbox').map(({ flags }) => flags.has('\\Seen'))).toEqual([true, true, true]);
});
