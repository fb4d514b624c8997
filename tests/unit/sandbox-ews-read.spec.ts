import { expect, test } from '@playwright/test';
import { textOf } from '../../src/sandbox/ews/xml.js';
import { all, codes, mail, startEwsServer, texts } from './sandbox-ews-server.js';

const inbox = '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds>';

function findItem(content: { shape?: string; after?: string; folders?: string } = {}): string {
  const { shape = '<t:BaseShape>Default</t:BaseShape>', after = '', folders = inbox } = content;
  return `<m:FindItem Traversal="Shallow"><m:ItemShape>${shape}</m:ItemShape>${after}${folders}</m:FindItem>`;
}

function additional(...paths: string[]): string {
  return `<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>${paths.join('')}</t:AdditionalProperties>`;
}

function getItem(id: string, shape = '<t:BaseShape>AllProperties</t:BaseShape>'): string {
  return `<m:GetItem><m:ItemShape>${shape}</m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`;
}

const articleNumber = '<t:ExtendedFieldURI PropertyTag="0x0E23" PropertyType="Integer"/>';

test('a listing gives recipients as display names, GetItem gives them whole', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail({ to: '"Q. A." <qa@contoso.com>' }) });
  const listed = await server.call(findItem({ shape: '<t:BaseShape>AllProperties</t:BaseShape>' }));
  expect(texts(listed, 'DisplayTo')).toEqual(['Q. A.']);
  expect(all(listed, 'ToRecipients')).toEqual([]);
  expect(all(listed, 'Body')).toEqual([]);
  const item = await server.call(getItem(message!.id));
  expect(texts(all(item, 'ToRecipients')[0]!, 'EmailAddress')).toEqual(['qa@contoso.com']);
  expect(texts(item, 'Body')).toEqual(['Good day.\r\n']);
  expect(texts(item, 'InternetMessageId')).toEqual(['<1@contoso.com>']);
});

test('a listing cuts texts after 255 characters, GetItem does not', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({
    to: ['qa@contoso.com'],
    source: mail({ headers: [`X-Long: ${'x'.repeat(300)}`] }),
  });
  const shape = additional('<t:ExtendedFieldURI PropertyTag="125" PropertyType="String"/>');
  expect(texts(await server.call(findItem({ shape })), 'Value')[0]).toHaveLength(255);
  const [headers] = texts(await server.call(getItem(message!.id, shape)), 'Value');
  expect(headers).toContain('x'.repeat(300));
  expect(headers).toMatch(/^Received: .*\r\n\tfor <qa@contoso.com>/);
});

test('texts keep their white space and their markup, and lose what XML forbids', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({
    to: ['qa@contoso.com'],
    source: mail({ subject: '=?utf-8?Q?_a_<&>_"b"=01_=F0=9F=93=A7_?=', body: '  <b> & \u0007 ]]>  ' }),
  });
  const item = await server.call(getItem(message!.id));
  expect(texts(item, 'Subject')).toEqual([' a <&> "b" 📧 ']);
  expect(texts(item, 'Body')).toEqual(['  <b> &  ]]>  \r\n']);
});

test('MIME comes back octet for octet', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail({ body: 'Grüße' }) });
  const shape = '<t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>';
  const [mime] = texts(await server.call(getItem(message!.id, shape)), 'MimeContent');
  expect(Buffer.from(mime!, 'base64')).toEqual(message!.source);
});

test('bodies are converted to the type asked for', async () => {
  await using server = await startEwsServer();
  const [html] = server.store.deliver({
    to: ['qa@contoso.com'],
    source: mail({ headers: ['Content-Type: text/html'], body: '<p>1 &lt; 2</p>' }),
  });
  const [text] = server.store.deliver({ to: ['qa@contoso.com'], source: mail({ body: '1 < 2' }) });
  const body = async (id: string, type: string) => {
    const shape = `<t:BaseShape>Default</t:BaseShape><t:BodyType>${type}</t:BodyType>`;
    return all(await server.call(getItem(id, shape)), 'Body')[0]!;
  };
  const best = await body(html!.id, 'Best');
  expect(best.attributes['BodyType']).toBe('HTML');
  expect(textOf(best)).toBe('<p>1 &lt; 2</p>\r\n');
  expect(textOf(await body(html!.id, 'Text')).trim()).toBe('1 < 2');
  expect(textOf(await body(text!.id, 'HTML'))).toContain('1 &lt; 2');
});

test('what is above an article number comes in its order, by hexadecimal or decimal tag', async () => {
  await using server = await startEwsServer();
  for (const subject of ['a', 'b', 'c']) server.store.deliver({ to: ['qa@contoso.com'], source: mail({ subject }) });
  for (const tag of ['0x0E23', '0xe23', '3619']) {
    const uri = `<t:ExtendedFieldURI PropertyTag="${tag}" PropertyType="Integer"/>`;
    const above = `<m:Restriction><t:IsGreaterThan>${uri}<t:FieldURIOrConstant><t:Constant Value="1"/></t:FieldURIOrConstant></t:IsGreaterThan></m:Restriction>`;
    const order = `<m:SortOrder><t:FieldOrder Order="Descending">${uri}</t:FieldOrder></m:SortOrder>`;
    const answer = await server.call(findItem({ after: above + order, shape: additional(uri) }));
    expect(texts(answer, 'Value')).toEqual(['3', '2']);
  }
});

test('a folder of thousands is not walked for what is above an article number', async () => {
  await using server = await startEwsServer();
  const folder = server.store.account('qa@contoso.com').folder('inbox');
  for (let n = 0; n < 5000; n++) folder.add({ source: mail() });
  let walks = 0;
  const list = folder.messages;
  Object.defineProperty(folder, 'messages', { get: () => (walks++, list) });
  const above = `<m:Restriction><t:IsGreaterThan>${articleNumber}<t:FieldURIOrConstant><t:Constant Value="4999"/></t:FieldURIOrConstant></t:IsGreaterThan></m:Restriction>`;
  const order = `<m:SortOrder><t:FieldOrder Order="Ascending">${articleNumber}</t:FieldOrder></m:SortOrder>`;
  const answer = await server.call(findItem({ after: above + order, shape: additional(articleNumber) }));
  expect(texts(answer, 'Value')).toEqual(['5000']);
  expect(walks).toBe(0);
});

test('pages count from the beginning or from the end, and never hold more than 1000', async () => {
  await using server = await startEwsServer();
  const folder = server.store.account('qa@contoso.com').folder('inbox');
  for (let n = 0; n < 1003; n++) folder.add({ source: mail() });
  const order = `<m:SortOrder><t:FieldOrder Order="Ascending">${articleNumber}</t:FieldOrder></m:SortOrder>`;
  const page = async (attributes: string) => {
    const view = `<m:IndexedPageItemView ${attributes}/>`;
    const answer = await server.call(findItem({ shape: additional(articleNumber), after: view + order }));
    return { root: all(answer, 'RootFolder')[0]!.attributes, numbers: texts(answer, 'Value') };
  };
  expect(await page('MaxEntriesReturned="2" Offset="1" BasePoint="Beginning"')).toEqual({
    root: { IndexedPagingOffset: '3', TotalItemsInView: '1003', IncludesLastItemInRange: 'false' },
    numbers: ['2', '3'],
  });
  expect((await page('MaxEntriesReturned="2" Offset="1" BasePoint="End"')).numbers).toEqual(['1001', '1002']);
  expect((await page('Offset="0" BasePoint="Beginning"')).numbers).toHaveLength(1000);
  const last = await page('MaxEntriesReturned="10" Offset="1000" BasePoint="Beginning"');
  expect(last.numbers).toEqual(['1001', '1002', '1003']);
  expect(last.root['IncludesLastItemInRange']).toBe('true');
});

test('messages sort by several fields', async () => {
  await using server = await startEwsServer();
  const folder = server.store.account('qa@contoso.com').folder('inbox');
  const dates = ['2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z', '2026-01-02T00:00:00Z'];
  const subjects = ['b', 'A', 'b'];
  dates.forEach((date, n) => folder.add({ source: mail({ subject: subjects[n]! }), receivedAt: new Date(date) }));
  const order =
    '<m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="item:Subject"/></t:FieldOrder>' +
    '<t:FieldOrder Order="Descending"><t:FieldURI FieldURI="item:DateTimeReceived"/></t:FieldOrder></m:SortOrder>';
  const received = '<t:FieldURI FieldURI="item:DateTimeReceived"/>';
  const sorted = await server.call(findItem({ shape: additional(received), after: order }));
  expect(texts(sorted, 'DateTimeReceived')).toEqual([dates[1], dates[2], dates[0]]);
  const latestFirst = await server.call(findItem({ shape: additional(received) }));
  expect(texts(latestFirst, 'DateTimeReceived')).toEqual([dates[1], dates[2], dates[0]]);
});

test('folders are found by name, one level down or all the way', async () => {
  await using server = await startEwsServer();
  const account = server.store.account('qa@contoso.com');
  account.createFolder('Alpha', account.createFolder('Projects'));
  const findFolder = (traversal: string, parent: string, restriction = '') =>
    server.call(
      `<m:FindFolder Traversal="${traversal}"><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape>${restriction}` +
        `<m:ParentFolderIds><t:DistinguishedFolderId Id="${parent}"/></m:ParentFolderIds></m:FindFolder>`,
    );
  expect(texts(await findFolder('Shallow', 'root'), 'DisplayName')).toEqual([
    'Top of Information Store',
    'Finder',
    'To-Do Search',
    'Recoverable Items',
  ]);
  expect(texts(await findFolder('Shallow', 'msgfolderroot'), 'DisplayName')).not.toContain('Alpha');
  expect(texts(await findFolder('Deep', 'msgfolderroot'), 'DisplayName')).toContain('Alpha');
  const named =
    '<m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="folder:DisplayName"/><t:FieldURIOrConstant><t:Constant Value="projects"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>';
  expect(texts(await findFolder('Shallow', 'msgfolderroot', named), 'DisplayName')).toEqual(['Projects']);
});

test('a folder of another mailbox is reached by its address', async () => {
  await using server = await startEwsServer();
  server.store.deliver({ to: ['other@contoso.com'], source: mail({ subject: 'theirs' }) });
  const folders =
    '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>other@contoso.com</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId></m:ParentFolderIds>';
  expect(texts(await server.call(findItem({ folders })), 'Subject')).toEqual(['theirs']);
  expect(texts(await server.call(findItem()), 'Subject')).toEqual([]);
});

test('one id that fails leaves the others be', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const unknown = Buffer.alloc(18).toString('base64');
  const ids = [unknown, message!.id, 'no+id!', '', message!.id.slice(0, 8)].map((id) => `<t:ItemId Id="${id}"/>`);
  const answer = await server.call(
    `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds>${ids.join('')}</m:ItemIds></m:GetItem>`,
  );
  const malformed = 'ErrorInvalidIdMalformed';
  expect(codes(answer)).toEqual(['ErrorItemNotFound', 'NoError', malformed, 'ErrorInvalidIdEmpty', malformed]);
});

test('a folder that is not there is told of', async () => {
  await using server = await startEwsServer();
  const unknown = `<m:ParentFolderIds><t:FolderId Id="${Buffer.alloc(18).toString('base64')}"/></m:ParentFolderIds>`;
  expect(codes(await server.call(findItem({ folders: unknown })))).toEqual(['ErrorFolderNotFound']);
  const distinguished = async (id: string) =>
    codes(
      await server.call(
        findItem({ folders: `<m:ParentFolderIds><t:DistinguishedFolderId Id="${id}"/></m:ParentFolderIds>` }),
      ),
    );
  expect(await distinguished('archivemsgfolderroot')).toEqual(['ErrorFolderNotFound']);
  expect(await distinguished('publicfoldersroot')).toEqual(['ErrorNoPublicFolderReplicaAvailable']);
  expect(await distinguished('nothing')).toEqual(['ErrorSchemaValidation']);
});
