import { expect, test } from '@playwright/test';
import { all, codes, mail, startEwsServer, texts } from './sandbox-ews-server.js';

test('a folder is synchronised: what came, changed, was read and went', async () => {
  await using server = await startEwsServer();
  const inbox = server.store.account('qa@contoso.com').folder('inbox');
  const [first, second, third] = [1, 2, 3].map((n) => inbox.add({ source: mail({ subject: `${n}` }) }));
  const sync = async (state = '', limit = 512) => {
    const answer = await server.call(
      '<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId><t:DistinguishedFolderId Id="inbox"/></m:SyncFolderId>' +
        `${state && `<m:SyncState>${state}</m:SyncState>`}<m:MaxChangesReturned>${limit}</m:MaxChangesReturned></m:SyncFolderItems>`,
    );
    const ids = (kind: string) => all(answer, kind).map((element) => all(element, 'ItemId')[0]!.attributes['Id']);
    const [next = ''] = texts(answer, 'SyncState');
    return { state: next, last: texts(answer, 'IncludesLastItemInRange')[0], ids, codes: codes(answer) };
  };
  const part = await sync('', 2);
  expect([part.ids('Create'), part.last]).toEqual([[first!.id, second!.id], 'false']);
  const rest = await sync(part.state);
  expect([rest.ids('Create'), rest.last]).toEqual([[third!.id], 'true']);
  inbox.setFlag(first!, '\\Seen', true);
  inbox.setProperty(second!, 'item:Categories', ['Red']);
  inbox.remove(third!);
  const later = await sync(rest.state);
  expect(later.ids('ReadFlagChange')).toEqual([first!.id]);
  expect(later.ids('Update')).toEqual([second!.id]);
  expect(later.ids('Delete')).toEqual([third!.id]);
  expect((await sync('bm9uZQ==')).codes).toEqual(['ErrorInvalidSyncStateData']);
});

test('names resolve to the addresses there are', async () => {
  await using server = await startEwsServer();
  for (const address of ['qa1@contoso.com', 'qa2@contoso.com']) server.store.account(address);
  const resolve = (entry: string) =>
    server.call(
      `<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`,
    );
  expect(texts(await resolve('smtp:QA1@contoso.com'), 'EmailAddress')).toEqual(['qa1@contoso.com']);
  expect(codes(await resolve('nobody'))).toEqual(['ErrorNameResolutionNoResults']);
  const several = await resolve('qa');
  expect(codes(several)).toEqual(['ErrorNameResolutionMultipleResults']);
  expect(texts(several, 'EmailAddress')).toEqual(expect.arrayContaining(['qa1@contoso.com', 'qa2@contoso.com']));
});

test('a folder is created once', async () => {
  await using server = await startEwsServer();
  const create = () =>
    server.call(
      '<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>Runs</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>',
    );
  expect(codes(await create())).toEqual(['NoError']);
  expect(codes(await create())).toEqual(['ErrorFolderExists']);
});

test('ids are written in other formats, those without the form of an id refused', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const convert = (format: string, id: string, to: string) =>
    server.call(
      `<m:ConvertId DestinationFormat="${to}"><m:SourceIds>` +
        `<t:AlternateId Format="${format}" Id="${id}" Mailbox="qa@contoso.com"/></m:SourceIds></m:ConvertId>`,
    );
  const converted = async (format: string, id: string, to: string) =>
    all(await convert(format, id, to), 'AlternateId')[0]!.attributes['Id']!;
  const hexadecimal = await converted('EwsId', message!.id, 'HexEntryId');
  expect(hexadecimal).toMatch(/^[0-9A-F]{36}$/);
  const owa = await converted('HexEntryId', hexadecimal, 'OwaId');
  expect(await converted('OwaId', owa, 'EwsId')).toBe(message!.id);
  expect(codes(await convert('EwsId', 'DUMMY', 'EntryId'))).toEqual(['ErrorInvalidIdMalformed']);
});
