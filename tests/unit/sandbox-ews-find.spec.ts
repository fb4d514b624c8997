import { expect, test } from '@playwright/test';
import { all, codes, mail, startEwsServer, texts, type EwsServer } from './sandbox-ews-server.js';

let server: EwsServer;
test.beforeAll(async () => {
  server = await startEwsServer();
  const at = (day: number) => new Date(Date.UTC(2026, 9, day, 12));
  const deliver = (day: number, fields: Parameters<typeof mail>[0]) =>
    server.store.deliver({ to: ['qa@contoso.com'], source: mail(fields), receivedAt: at(day) });
  deliver(1, { subject: 'Product report', headers: ['Cc: ann@contoso.com'], body: 'All is well.' });
  deliver(2, { subject: 'RE: Product report' });
  const [third] = deliver(3, { subject: 'Production', body: 'The product is late.', headers: ['X-Priority: 1'] });
  deliver(4, { subject: 'Lunch' });
  third!.folder.setFlag(third!, '\\Seen', true);
  const contacts = server.store.account('qa@contoso.com').otherFolder('contacts')!;
  for (const name of ['Ann', 'Ben', 'Cleo'])
    await server.call(
      '<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Contact>' +
        `<t:DisplayName>${name}</t:DisplayName><t:EmailAddresses><t:Entry Key="EmailAddress1">${name}@contoso.com</t:Entry>` +
        '</t:EmailAddresses></t:Contact></m:Items></m:CreateItem>',
    );
  expect(contacts.messages).toHaveLength(3);
});
test.afterAll(() => server[Symbol.asyncDispose]());

interface Find {
  readonly view?: string;
  readonly restriction?: string;
  readonly order?: string;
  readonly query?: string;
  readonly folder?: string;
  readonly traversal?: string;
}

function find({ view = '', restriction, order, query, folder = 'inbox', traversal = 'Shallow' }: Find) {
  return server.call(
    `<m:FindItem Traversal="${traversal}"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>${view}` +
      (restriction ? `<m:Restriction>${restriction}</m:Restriction>` : '') +
      (order ? `<m:SortOrder>${order}</m:SortOrder>` : '') +
      `<m:ParentFolderIds><t:DistinguishedFolderId Id="${folder}"/></m:ParentFolderIds>` +
      (query === undefined ? '' : `<m:QueryString>${query}</m:QueryString>`) +
      '</m:FindItem>',
  );
}

const field = (uri: string) => `<t:FieldURI FieldURI="${uri}"/>`;
const by = (uri: string, order = 'Ascending') => `<t:FieldOrder Order="${order}">${field(uri)}</t:FieldOrder>`;

const queries: Readonly<Record<string, readonly string[]>> = {
  product: ['Production', 'RE: Product report', 'Product report'],
  'subject:product': ['Production', 'RE: Product report', 'Product report'],
  'subject:"product"': ['RE: Product report', 'Product report'],
  'subject:(report product)': ['RE: Product report', 'Product report'],
  'subject:(product late)': [],
  'body:late AND isread:true': ['Production'],
  'isread:false NOT report': ['Lunch'],
  'from:"@contoso.com" cc:ann': ['Product report'],
  'importance:high OR lunch': ['Lunch', 'Production'],
  'received:10/04/2026': ['Lunch'],
  'received&gt;=2026-10-03': ['Lunch', 'Production'],
  'kind:meetings': [],
  'hasattachment:true': [],
  '': ['Lunch', 'Production', 'RE: Product report', 'Product report'],
};

for (const [query, subjects] of Object.entries(queries)) {
  test(`a QueryString finds by ${query}`, async () => {
    expect(texts(await find({ query }), 'Subject')).toEqual(subjects);
  });
}

test('a QueryString is sorted as asked, and refused where it makes no sense or stands beside a Restriction', async () => {
  const sorted = await find({ query: 'product', order: by('item:Subject') });
  expect(texts(sorted, 'Subject')).toEqual(['Product report', 'Production', 'RE: Product report']);
  const restriction = `<t:Exists>${field('item:Subject')}</t:Exists>`;
  for (const each of [{ query: 'colour:red' }, { query: '(product' }, { query: 'product', restriction }])
    expect(codes(await find(each))).toEqual(['ErrorUnsupportedQueryFilter']);
});

test('fields are sorted by one after the other, and not by what Exchange makes for showing', async () => {
  const order = by('item:Importance', 'Descending') + by('item:Subject', 'Descending');
  expect(texts(await find({ order }), 'Subject')).toEqual([
    'RE: Product report',
    'Product report',
    'Lunch',
    'Production',
  ]);
  expect(codes(await find({ order: by('item:MimeContent') }))).toEqual(['ErrorUnsupportedPathForSortGroup']);
  const restriction = `<t:Exists>${field('item:Attachments')}</t:Exists>`;
  expect(codes(await find({ restriction }))).toEqual(['ErrorUnsupportedPathForQuery']);
});

test('a fraction of the items is shown, and how far it goes', async () => {
  const part = (attributes: string) => find({ view: `<m:FractionalPageItemView ${attributes}/>` });
  const half = await part('Numerator="1" Denominator="2" MaxEntriesReturned="1"');
  expect(texts(half, 'Subject')).toEqual(['RE: Product report']);
  expect(all(half, 'RootFolder')[0]!.attributes).toEqual({
    NumeratorOffset: '3',
    AbsoluteDenominator: '4',
    TotalItemsInView: '4',
    IncludesLastItemInRange: 'false',
  });
  const rest = await part('Numerator="3" Denominator="4"');
  expect(all(rest, 'RootFolder')[0]!.attributes['IncludesLastItemInRange']).toBe('true');
  for (const wrong of [
    'Numerator="3" Denominator="2"',
    'Numerator="0" Denominator="0"',
    'Numerator="-1" Denominator="2"',
  ])
    expect(codes(await part(wrong))).toEqual(['ErrorInvalidFractionalPagingParameters']);
});

test('a page begins at the first item that is sought, from either end', async () => {
  const condition = `<t:IsEqualTo>${field('message:IsRead')}<t:FieldURIOrConstant><t:Constant Value="true"/></t:FieldURIOrConstant></t:IsEqualTo>`;
  const seek = (basePoint: string) =>
    find({
      view: `<m:SeekToConditionPageItemView BasePoint="${basePoint}"><t:Condition>${condition}</t:Condition></m:SeekToConditionPageItemView>`,
    });
  expect(texts(await seek('Beginning'), 'Subject')).toEqual(['Production', 'RE: Product report', 'Product report']);
  expect(texts(await seek('End'), 'Subject')).toEqual(['Lunch', 'Production']);
});

test('items are grouped by a value, the groups in the order of another', async () => {
  const view = `<m:GroupBy Order="Ascending">${field('message:ConversationTopic')}<t:AggregateOn Aggregate="Maximum">${field('item:DateTimeReceived')}</t:AggregateOn></m:GroupBy>`;
  const grouped = await find({ view });
  expect(texts(grouped, 'GroupIndex')).toEqual(['Product report', 'Production', 'Lunch']);
  expect(texts(all(grouped, 'GroupedItems')[0]!, 'Subject')).toEqual(['RE: Product report', 'Product report']);
  const standard =
    '<m:DistinguishedGroupBy Order="Descending"><t:StandardGroupBy>ConversationTopic</t:StandardGroupBy></m:DistinguishedGroupBy>';
  expect(texts(await find({ view: standard }), 'GroupIndex')).toEqual(['Lunch', 'Production', 'Product report']);
});

test('contacts are found by an entry of a list, and shown from one name to another', async () => {
  const path = '<t:IndexedFieldURI FieldURI="contacts:EmailAddress" FieldIndex="EmailAddress1"/>';
  const restriction = `<t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase">${path}<t:Constant Value="BEN@"/></t:Contains>`;
  expect(texts(await find({ restriction, folder: 'contacts' }), 'DisplayName')).toEqual(['Ben']);
  const view = '<m:ContactsView InitialName="B" FinalName="C" MaxEntriesReturned="9"/>';
  expect(texts(await find({ view, folder: 'contacts' }), 'DisplayName')).toEqual(['Ben']);
  expect(codes(await find({ view }))).toEqual(['ErrorInvalidFolderTypeForOperation']);
});

test('nothing was deleted softly or is associated with a folder, and there is no other way to go through one', async () => {
  for (const traversal of ['SoftDeleted', 'Associated']) expect(all(await find({ traversal }), 'Message')).toEqual([]);
  expect(codes(await find({ traversal: 'Deep' }))).toEqual(['ErrorSchemaValidation']);
});

test('a restriction that is too complex, compares with no date or in no known way is refused', async () => {
  const compare = (value: string) =>
    `<t:IsGreaterThan>${field('item:DateTimeReceived')}<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:IsGreaterThan>`;
  const many = `<t:Or>${compare('2026-01-01T00:00:00Z').repeat(300)}</t:Or>`;
  expect(codes(await find({ restriction: many }))).toEqual(['ErrorRestrictionTooComplex']);
  expect(codes(await find({ restriction: compare('soon') }))).toEqual(['ErrorInvalidValueForProperty']);
  const odd = `<t:Contains ContainmentComparison="Odd">${field('item:Subject')}<t:Constant Value="a"/></t:Contains>`;
  expect(codes(await find({ restriction: odd }))).toEqual(['ErrorSchemaValidation']);
});
