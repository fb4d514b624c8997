import { expect, test } from '@playwright/test';
import { setMessageRules } from '../../src/sandbox/delivery/message-rule.js';
import { all, startEwsServer, texts } from './sandbox-ews-server.js';

test('EWS shows the rules of the inbox, in their order', async () => {
  await using server = await startEwsServer();
  const account = server.store.account('qa@contoso.com');
  expect(all(await server.call('<m:GetInboxRules/>'), 'Rule')).toEqual([]);
  const rule = { displayName: 'Second', sequence: 2, isEnabled: false, conditions: {}, exceptions: {} };
  const archive = account.folder('archive').id;
  setMessageRules(account, [
    { ...rule, id: 'b', actions: { delete: true } },
    {
      ...rule,
      id: 'a',
      displayName: 'First',
      sequence: 1,
      isEnabled: true,
      conditions: { subjectContains: ['build'], fromAddresses: [{ emailAddress: { address: 'ci@contoso.com' } }] },
      actions: { moveToFolder: archive, stopProcessingRules: true, markImportance: 'high' },
    },
  ]);
  const answer = await server.call('<m:GetInboxRules/>');
  expect(texts(answer, 'DisplayName')).toEqual(['First', 'Second']);
  expect(texts(answer, 'Priority')).toEqual(['1', '2']);
  expect(texts(answer, 'IsEnabled')).toEqual(['true', 'false']);
  expect(texts(answer, 'String')).toEqual(['build']);
  expect(texts(answer, 'EmailAddress')).toEqual(['ci@contoso.com']);
  expect(texts(answer, 'MarkImportance')).toEqual(['High']);
  expect(all(answer, 'FolderId').map(({ attributes }) => attributes['Id'])).toEqual([archive]);
  const [actions] = all(answer, 'Actions');
  expect(actions?.children.map((child) => (typeof child === 'object' ? child.name : child))).toEqual([
    'MarkImportance',
    'MoveToFolder',
    'StopProcessingRules',
  ]);
});
