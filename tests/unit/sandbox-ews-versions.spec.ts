import { expect, test } from '@playwright/test';
import { all, codes, mail, startEwsServer, texts, type EwsServer } from './sandbox-ews-server.js';

let server: EwsServer;
test.beforeAll(async () => {
  server = await startEwsServer();
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
});
test.afterAll(() => server[Symbol.asyncDispose]());

const speak = (operation: string, version: string | undefined) =>
  server.call(operation, { version: version === undefined ? '' : `<t:RequestServerVersion Version="${version}"/>` });

const inbox = '<t:DistinguishedFolderId Id="inbox"/>';
const allProperties = '<t:BaseShape>AllProperties</t:BaseShape>';
const findItem = `<m:FindItem Traversal="Shallow"><m:ItemShape>${allProperties}</m:ItemShape><m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindItem>`;
const getFolder = `<m:GetFolder><m:FolderShape>${allProperties}</m:FolderShape><m:FolderIds>${inbox}</m:FolderIds></m:GetFolder>`;
const rules = '<m:GetInboxRules/>';
const stream = `<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>${inbox}</t:FolderIds><t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>`;

test('an item and a folder have what the version has that a client speaks', async () => {
  const shown = async (version: string | undefined) => {
    const [item, folder] = [await speak(findItem, version), await speak(getFolder, version)];
    return ['ReceivedBy', 'ConversationId', 'Flag']
      .filter((name) => all(item, name).length > 0)
      .concat(all(folder, 'DistinguishedFolderId').map(({ name }) => name));
  };
  expect(await shown(undefined)).toEqual([]);
  expect(await shown('Exchange2007_SP1')).toEqual(['ReceivedBy']);
  expect(await shown('Exchange2010_SP2')).toEqual(['ReceivedBy', 'ConversationId']);
  for (const version of ['Exchange2013', 'Exchange2016', 'V2018_01_08'])
    expect(await shown(version)).toEqual(['ReceivedBy', 'ConversationId', 'Flag', 'DistinguishedFolderId']);
});

test('what is asked for by name is given whatever the version', async () => {
  const shape =
    '<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Flag"/></t:AdditionalProperties>';
  expect(texts(await speak(findItem.replace(allProperties, shape), 'Exchange2010'), 'FlagStatus')).toEqual([
    'NotFlagged',
  ]);
});

test('an operation that came later than the version is refused, and who gives none speaks the first', async () => {
  expect(codes(await speak(rules, 'Exchange2010_SP1'))).toEqual(['NoError']);
  for (const [operation, version] of [
    [rules, 'Exchange2010'],
    [rules, undefined],
    [stream, 'Exchange2007_SP1'],
  ] as const) {
    const answer = await speak(operation, version);
    expect([answer.name, ...codes(answer)]).toEqual(['Fault', 'ErrorIncorrectSchemaVersion']);
  }
  expect(codes(await speak(stream, 'Exchange2010_SP1'))).toEqual(['NoError']);
});

test('a version that there never was is refused', async () => {
  for (const version of ['Exchange2007_SP3', 'Exchange2003', '']) {
    const answer = await speak(getFolder, version);
    expect([answer.name, ...codes(answer)]).toEqual(['Fault', 'ErrorInvalidServerVersion']);
    expect(texts(answer, 'faultstring')).toEqual(['The specified server version is invalid.']);
  }
});
