import { expect, test } from '@playwright/test';
import { deliver } from '../../src/sandbox/delivery/deliver.js';
import { setMessageRules } from '../../src/sandbox/delivery/message-rule.js';
import { all, codes, mail, startEwsServer, texts } from './sandbox-ews-server.js';

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

function ruleOf(content: string, name = 'Builds'): string {
  return `<t:Rule><t:DisplayName>${name}</t:DisplayName><t:Priority>1</t:Priority><t:IsEnabled>true</t:IsEnabled>${content}</t:Rule>`;
}

const update = (operations: string) =>
  `<m:UpdateInboxRules><m:RemoveOutlookRuleBlob>true</m:RemoveOutlookRuleBlob><m:Operations>${operations}</m:Operations></m:UpdateInboxRules>`;

const conditions =
  '<t:Conditions><t:ContainsSubjectStrings><t:String>build</t:String></t:ContainsSubjectStrings>' +
  '<t:FromAddresses><t:Address><t:EmailAddress>app@contoso.com</t:EmailAddress></t:Address></t:FromAddresses>' +
  '<t:Importance>Normal</t:Importance><t:WithinSizeRange><t:MaximumSize>100</t:MaximumSize></t:WithinSizeRange></t:Conditions>';

const moveTo = (id: string) =>
  `<t:Actions><t:MarkAsRead>true</t:MarkAsRead><t:MoveToFolder><t:DistinguishedFolderId Id="${id}"/></t:MoveToFolder></t:Actions>`;

test('a rule that is made over EWS is applied, changed and deleted', async () => {
  await using server = await startEwsServer();
  const account = server.store.account('qa@contoso.com');
  const create = `<t:CreateRuleOperation>${ruleOf(conditions + moveTo('archive'))}</t:CreateRuleOperation>`;
  expect(codes(await server.call(update(create)))).toEqual(['NoError']);
  await deliver(server.store, { to: ['qa@contoso.com'], source: mail({ subject: 'Build failed' }) });
  await deliver(server.store, { to: ['qa@contoso.com'], source: mail({ subject: 'Lunch' }) });
  expect(account.folder('archive').messages.map(({ flags }) => [...flags])).toEqual([['\\Seen']]);
  expect(account.folder('inbox').messages).toHaveLength(1);
  const [id] = texts(await server.call('<m:GetInboxRules/>'), 'RuleId');
  const changed = ruleOf(`<t:Exceptions/>${moveTo('junkemail')}`, 'All').replace(
    '<t:Rule>',
    `<t:Rule><t:RuleId>${id}</t:RuleId>`,
  );
  await server.call(update(`<t:SetRuleOperation>${changed}</t:SetRuleOperation>`));
  const shown = await server.call('<m:GetInboxRules/>');
  expect([...texts(shown, 'RuleId'), ...texts(shown, 'DisplayName')]).toEqual([id, 'All']);
  await server.call(update(`<t:DeleteRuleOperation><t:RuleId>${id}</t:RuleId></t:DeleteRuleOperation>`));
  expect(all(await server.call('<m:GetInboxRules/>'), 'Rule')).toEqual([]);
});

test('of operations on rules all are done or none, and each that is wrong is told with what is wrong', async () => {
  await using server = await startEwsServer();
  const operations = [
    ruleOf(conditions + moveTo('archive')),
    ruleOf(conditions),
    ruleOf(moveTo('nowhere')),
    ruleOf(moveTo('archive'), ''),
    ruleOf(`<t:Conditions><t:ItemClasses/></t:Conditions>${moveTo('archive')}`),
  ].map((each) => `<t:CreateRuleOperation>${each}</t:CreateRuleOperation>`);
  const gone = '<t:DeleteRuleOperation><t:RuleId>gone</t:RuleId></t:DeleteRuleOperation>';
  const answer = await server.call(update(operations.join('') + gone));
  expect(codes(answer)).toEqual(['ErrorInboxRulesValidationError']);
  expect(texts(answer, 'OperationIndex')).toEqual(['1', '2', '3', '4', '5']);
  expect(texts(answer, 'ErrorCode')).toEqual([
    'MissingAction',
    'FolderDoesNotExist',
    'EmptyValueFound',
    'UnsupportedRule',
    'RuleNotFound',
  ]);
  expect(all(await server.call('<m:GetInboxRules/>'), 'Rule')).toEqual([]);
});
