import { expect, test } from '@playwright/test';
import {
  BodyType,
  ConflictResolutionMode,
  DeleteMode,
  EmailMessage,
  EventType,
  ExchangeService,
  ExchangeVersion,
  ExtendedPropertyDefinition,
  type FileAttachment,
  FolderId,
  FolderView,
  type ItemEvent,
  ItemSchema,
  ItemView,
  MapiPropertyType,
  MessageBody,
  OAuthCredentials,
  PropertySet,
  SearchFilter,
  ServiceError,
  SortDirection,
  StreamingSubscriptionConnection,
  Uri,
  WebCredentials,
  WellKnownFolderName,
} from 'ews-javascript-api';
import { mail, startEwsServer, type EwsServer } from './sandbox-ews-server.js';

const articleNumber = new ExtendedPropertyDefinition(0x0e23, MapiPropertyType.Integer);

function connect(server: EwsServer): ExchangeService {
  const service = new ExchangeService(ExchangeVersion.Exchange2016);
  service.Url = new Uri(server.url);
  service.Credentials = new OAuthCredentials('delegated', true);
  return service;
}

function inbox(server: EwsServer) {
  return server.store.account('qa@contoso.com').folder('inbox');
}

test('ews-javascript-api sends with an attachment and reads it all back', async () => {
  await using server = await startEwsServer();
  const service = connect(server);
  const message = new EmailMessage(service);
  message.Subject = 'From the library';
  message.Body = new MessageBody(BodyType.Text, 'Hello');
  message.ToRecipients.Add('qa+tag@contoso.com');
  message.BccRecipients.Add('hidden@contoso.com');
  message.Attachments.AddFileAttachment('a.txt', Buffer.from('content').toString('base64'));
  await message.SendAndSaveCopy();
  const found = await service.FindItems(WellKnownFolderName.Inbox, new ItemView(10));
  expect(found.TotalCount).toBe(1);
  const item = await EmailMessage.Bind(service, found.Items[0]!.Id, PropertySet.FirstClassProperties);
  expect([item.Subject, item.Body.Text]).toEqual(['From the library', 'Hello']);
  expect(item.ToRecipients._getItem(0).Address).toBe('qa+tag@contoso.com');
  expect(item.BccRecipients.Count).toBe(0);
  const attachment = item.Attachments._getItem(0) as FileAttachment;
  await attachment.Load();
  expect(Buffer.from(attachment.Base64Content, 'base64').toString()).toBe('content');
  expect(server.store.account('hidden@contoso.com').folder('inbox').messages).toHaveLength(1);
});

test('ews-javascript-api finds what is above an article number', async () => {
  await using server = await startEwsServer();
  for (const subject of ['a', 'b', 'c']) inbox(server).add({ source: mail({ subject }) });
  const view = new ItemView(10);
  view.PropertySet = new PropertySet([ItemSchema.Subject, articleNumber]);
  view.OrderBy.Add(articleNumber, SortDirection.Ascending);
  const above = new SearchFilter.IsGreaterThan(articleNumber, 1);
  const found = await connect(server).FindItems(WellKnownFolderName.Inbox, above, view);
  expect(found.Items.map(({ Subject }) => Subject)).toEqual(['b', 'c']);
  const numbers = found.Items.map((item) => item.ExtendedProperties._getItem(0).Value as number);
  expect(numbers).toEqual([2, 3]);
});

test('ews-javascript-api finds a folder, moves, updates and deletes', async () => {
  await using server = await startEwsServer();
  const account = server.store.account('qa@contoso.com');
  const projects = account.createFolder('Projects');
  inbox(server).add({ source: mail() });
  const service = connect(server);
  const found = await service.FindItems(WellKnownFolderName.Inbox, new ItemView(1));
  const item = await EmailMessage.Bind(service, found.Items[0]!.Id);
  item.IsRead = true;
  await item.Update(ConflictResolutionMode.AutoResolve);
  expect(inbox(server).messages[0]!.flags.has('\\Seen')).toBe(true);
  const folders = await service.FindFolders(WellKnownFolderName.MsgFolderRoot, new FolderView(100));
  const target = folders.Folders.find(({ DisplayName }) => DisplayName === 'Projects')!;
  expect(target.Id.UniqueId).toBe(projects.id);
  const moved = await item.Move(target.Id);
  expect(moved.Id.UniqueId).toBe(projects.messages[0]!.id);
  await moved.Delete(DeleteMode.HardDelete);
  expect(projects.messages).toHaveLength(0);
});

test('ews-javascript-api streams, with a password', async () => {
  await using server = await startEwsServer();
  const service = connect(server);
  service.Credentials = new WebCredentials('qa@contoso.com', 'secret');
  const folder = new FolderId(WellKnownFolderName.Inbox);
  const subscription = await service.SubscribeToStreamingNotifications([folder], EventType.NewMail);
  const connection = new StreamingSubscriptionConnection(service, 30);
  connection.AddSubscription(subscription);
  const told = new Promise<string>((resolve) => {
    connection.OnNotificationEvent.push((_, { Events }) => resolve((Events[0] as ItemEvent).ItemId.UniqueId));
  });
  connection.OnDisconnect.push(() => undefined);
  void connection.Open();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(await told).toBe(message!.id);
  connection.Close();
});

test('ews-javascript-api is told of errors by their code', async () => {
  await using server = await startEwsServer();
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const service = connect(server);
  const found = await service.FindItems(WellKnownFolderName.Inbox, new ItemView(1));
  inbox(server).remove(message!);
  await expect(EmailMessage.Bind(service, found.Items[0]!.Id)).rejects.toMatchObject({
    ErrorCode: ServiceError.ErrorItemNotFound,
  });
});
