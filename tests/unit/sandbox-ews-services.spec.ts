import { expect, test } from '@playwright/test';
import { all, codes, startEwsServer, texts } from './sandbox-ews-server.js';

const mailbox = '<m:Mailbox><t:EmailAddress>qa@contoso.com</t:EmailAddress></m:Mailbox>';
const userId = (address: string) => `<t:UserId><t:PrimarySmtpAddress>${address}</t:PrimarySmtpAddress></t:UserId>`;

function user(address: string, level = 'Editor'): string {
  const permissions = `<t:DelegatePermissions><t:InboxFolderPermissionLevel>${level}</t:InboxFolderPermissionLevel></t:DelegatePermissions>`;
  return `<t:DelegateUser>${userId(address)}${permissions}</t:DelegateUser>`;
}

function change(name: string, users: string, rest = ''): string {
  const element = name === 'RemoveDelegate' ? 'UserIds' : 'DelegateUsers';
  return `<m:${name}>${mailbox}<m:${element}>${users}</m:${element}>${rest}</m:${name}>`;
}

const get = (attributes: string, users = '') => `<m:GetDelegate ${attributes}>${mailbox}${users}</m:GetDelegate>`;

test('delegates are added, changed, shown with and without what they may, and removed', async () => {
  await using server = await startEwsServer();
  const deliver = '<m:DeliverMeetingRequests>DelegatesOnly</m:DeliverMeetingRequests>';
  const added = await server.call(change('AddDelegate', user('ann@contoso.com') + user('qa@contoso.com'), deliver));
  expect(codes(added)).toEqual(['NoError', 'NoError', 'ErrorDelegateCannotAddOwner']);
  expect(codes(await server.call(change('AddDelegate', user('Ann@contoso.com'))))[1]).toBe(
    'ErrorDelegateAlreadyExists',
  );
  expect(codes(await server.call(change('UpdateDelegate', user('ben@contoso.com'))))[1]).toBe('ErrorNotDelegate');
  await server.call(change('UpdateDelegate', user('ann@contoso.com', 'Reviewer')));
  const full = await server.call(get('IncludePermissions="true"'));
  expect(texts(full, 'InboxFolderPermissionLevel')).toEqual(['Reviewer']);
  expect(texts(full, 'DeliverMeetingRequests')).toEqual(['DelegatesOnly']);
  const asked = await server.call(
    get(
      'IncludePermissions="false"',
      `<m:UserIds>${userId('ann@contoso.com')}${userId('ben@contoso.com')}</m:UserIds>`,
    ),
  );
  expect([...texts(asked, 'PrimarySmtpAddress'), ...codes(asked).slice(1)]).toEqual([
    'ann@contoso.com',
    'NoError',
    'ErrorNotDelegate',
  ]);
  expect(all(asked, 'DelegatePermissions')).toEqual([]);
  await server.call(change('RemoveDelegate', userId('ann@contoso.com')));
  expect(texts(await server.call(get('IncludePermissions="true"')), 'PrimarySmtpAddress')).toEqual([]);
});

test('an own list is expanded to its members, and what is no list is not', async () => {
  await using server = await startEwsServer();
  const member = (name: string) =>
    `<t:Member><t:Mailbox><t:Name>${name}</t:Name><t:EmailAddress>${name}@contoso.com</t:EmailAddress></t:Mailbox></t:Member>`;
  const created = await server.call(
    '<m:CreateItem><m:Items><t:DistributionList><t:DisplayName>Team</t:DisplayName>' +
      `<t:Members>${member('ann')}${member('ben')}</t:Members></t:DistributionList></m:Items></m:CreateItem>`,
  );
  const [id] = all(created, 'ItemId').map(({ attributes }) => attributes['Id']);
  const expand = (content: string) => server.call(`<m:ExpandDL><m:Mailbox>${content}</m:Mailbox></m:ExpandDL>`);
  expect(texts(await expand(`<t:ItemId Id="${id}"/>`), 'EmailAddress')).toEqual(['ann@contoso.com', 'ben@contoso.com']);
  expect(codes(await expand('<t:EmailAddress>all@contoso.com</t:EmailAddress>'))).toEqual([
    'ErrorNameResolutionNoResults',
  ]);
});

test('what a program keeps with a folder is there once', async () => {
  await using server = await startEwsServer();
  const name = '<t:UserConfigurationName Name="Mine"><t:DistinguishedFolderId Id="inbox"/></t:UserConfigurationName>';
  const create = `<m:CreateUserConfiguration><m:UserConfiguration>${name}<t:XmlData>PHgvPg==</t:XmlData></m:UserConfiguration></m:CreateUserConfiguration>`;
  expect(codes(await server.call(create))).toEqual(['NoError']);
  expect(codes(await server.call(create))).toEqual(['ErrorItemSave']);
  const read = `<m:GetUserConfiguration>${name.replaceAll('t:UserConfigurationName', 'm:UserConfigurationName')}<m:UserConfigurationProperties>XmlData</m:UserConfigurationProperties></m:GetUserConfiguration>`;
  expect(texts(await server.call(read), 'XmlData')).toEqual(['PHgvPg==']);
  expect(codes(await server.call(read.replace('Mine', 'Other')))).toEqual(['ErrorItemNotFound']);
});
