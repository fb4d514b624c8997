import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { mailEvent } from '../../src/sandbox/ews/notifications/notification.js';
import { Subscription } from '../../src/sandbox/ews/notifications/subscription.js';
import type { XmlElement } from '../../src/sandbox/ews/xml.js';
import { MailStore } from '../../src/sandbox/store/store.js';
import { all, answerOf, codes, envelope, mail, startEwsServer, texts } from './sandbox-ews-server.js';

const result = (status: string) =>
  envelope(
    `<m:SendNotificationResult><m:SubscriptionStatus>${status}</m:SubscriptionStatus></m:SendNotificationResult>`,
  );

interface Listener extends AsyncDisposable {
  readonly url: string;
  readonly told: readonly XmlElement[];
  readonly actions: readonly (string | undefined)[];
}

/** Answers each notification in turn, then always as the last; a number is a status. */
async function openListener(...answers: readonly (string | number)[]): Promise<Listener> {
  const told: XmlElement[] = [];
  const actions: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    told.push(answerOf(await text(request)));
    actions.push(request.headers['soapaction'] as string | undefined);
    const answer = answers[Math.min(told.length, answers.length) - 1]!;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/listener`,
    told,
    actions,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const inbox = '<t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds>';
const types =
  '<t:EventTypes><t:EventType>NewMailEvent</t:EventType><t:EventType>DeletedEvent</t:EventType></t:EventTypes>';

function pushTo(url: string, frequency: number | string = 1): string {
  const listener = `<t:StatusFrequency>${frequency}</t:StatusFrequency><t:URL>${url}</t:URL>`;
  return `<m:Subscribe><m:PushSubscriptionRequest>${inbox}${types}${listener}</m:PushSubscriptionRequest></m:Subscribe>`;
}

function pull(timeout = 1, watermark = ''): string {
  const rest = `${watermark && `<t:Watermark>${watermark}</t:Watermark>`}<t:Timeout>${timeout}</t:Timeout>`;
  return `<m:Subscribe><m:PullSubscriptionRequest>${inbox}${types}${rest}</m:PullSubscriptionRequest></m:Subscribe>`;
}

function getEvents(id: string | undefined, watermark: string | undefined): string {
  return `<m:GetEvents><m:SubscriptionId>${id}</m:SubscriptionId><m:Watermark>${watermark}</m:Watermark></m:GetEvents>`;
}

test('a listener hears that it is subscribed and then of each event, each from the watermark that it knows', async () => {
  await using server = await startEwsServer();
  await using listener = await openListener(result('OK'));
  const [id] = texts(await server.call(pushTo(listener.url, 30)), 'SubscriptionId');
  await expect.poll(() => listener.told.length).toBe(1);
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  await expect.poll(() => listener.told.length).toBe(2);
  const [first, second] = listener.told;
  expect(all(first!, 'StatusEvent')).toHaveLength(1);
  expect(all(second!, 'NewMailEvent')).toHaveLength(1);
  expect(listener.told.flatMap((each) => texts(each, 'SubscriptionId'))).toEqual([id, id]);
  expect(texts(second!, 'PreviousWatermark')).toEqual(texts(first!, 'Watermark'));
  expect(listener.actions[0]).toBe('http://schemas.microsoft.com/exchange/services/2006/messages/SendNotification');
  expect(server.door.openSubscriptions).toBe(1);
});

test('a listener that unsubscribes is told nothing more', async () => {
  await using server = await startEwsServer();
  await using listener = await openListener(result('OK'), result('Unsubscribe'));
  const [id] = texts(await server.call(pushTo(listener.url, 30)), 'SubscriptionId');
  await expect.poll(() => listener.told.length).toBe(1);
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  await expect.poll(() => server.door.openSubscriptions).toBe(0);
  const again = await server.call(`<m:Unsubscribe><m:SubscriptionId>${id}</m:SubscriptionId></m:Unsubscribe>`);
  expect(codes(again)).toEqual(['ErrorSubscriptionNotFound']);
  expect(listener.told).toHaveLength(2);
});

test('a listener that does not answer is tried again with the same, and hears then that nothing has happened', async () => {
  await using server = await startEwsServer({ minute: 40 });
  await using listener = await openListener(500, '<no-status/>', result('OK'));
  await server.call(pushTo(listener.url, 1440));
  await expect.poll(() => listener.told.length).toBe(3);
  expect(new Set(listener.told.flatMap((each) => texts(each, 'PreviousWatermark'))).size).toBe(1);
});

test('a listener that never answers loses its subscription; a quiet one is told that nothing happens', async () => {
  await using server = await startEwsServer({ minute: 20 });
  await using broken = await openListener(500);
  await using quiet = await openListener(result('OK'));
  await server.call(pushTo(broken.url));
  await expect.poll(() => server.door.openSubscriptions).toBe(0);
  await server.call(pushTo(quiet.url));
  await expect.poll(() => quiet.told.length).toBeGreaterThan(2);
  expect(quiet.told.every((each) => all(each, 'StatusEvent').length === 1)).toBe(true);
});

test('a subscription with more to tell than anybody asks for is over, and holds nothing', () => {
  const account = new MailStore().account('qa@contoso.com');
  const message = account.folder('inbox').add({ source: mail() });
  const eventTypes = new Set(['CreatedEvent']);
  const subscription = new Subscription({ kind: 'pull', account, folders: undefined, eventTypes, timeout: 60_000 });
  const event = mailEvent('CreatedEvent', message);
  for (let count = 0; count < 100_000; count++) subscription.offer(event);
  expect(subscription.isExpired()).toBe(false);
  subscription.offer(event);
  expect([subscription.isExpired(), subscription.take().length]).toEqual([true, 0]);
});

test('an address elsewhere, and a frequency that is none, are refused', async () => {
  await using server = await startEwsServer();
  for (const url of ['http://listener.contoso.com/', 'ftp://127.0.0.1/', ''])
    expect(codes(await server.call(pushTo(url)))).toEqual(['ErrorInvalidPushSubscriptionUrl']);
  for (const frequency of [0, 1441, 'often'])
    expect(codes(await server.call(pushTo('http://127.0.0.1:9/', frequency)))).toEqual(['ErrorSchemaValidation']);
  expect(codes(await server.call(pull(0)))).toEqual(['ErrorSchemaValidation']);
});

test('events are pulled fifty at a time, and a later subscription goes on where an earlier one was', async () => {
  await using server = await startEwsServer();
  const begun = await server.call(pull());
  const [[id], [watermark]] = [texts(begun, 'SubscriptionId'), texts(begun, 'Watermark')];
  for (let count = 0; count < 60; count++) server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const first = await server.call(getEvents(id, watermark));
  expect(all(first, 'NewMailEvent')).toHaveLength(50);
  expect(texts(first, 'MoreEvents')).toEqual(['true']);
  const last = texts(first, 'Watermark').at(-1);
  const again = await server.call(pull(1, last));
  const rest = await server.call(getEvents(texts(again, 'SubscriptionId')[0], texts(again, 'Watermark')[0]));
  expect([all(rest, 'NewMailEvent').length, ...texts(rest, 'MoreEvents')]).toEqual([10, 'false']);
});

test('what is wrong with a pull is told apart: the subscription, its watermark, its kind, its time', async () => {
  await using server = await startEwsServer({ minute: 50 });
  const begun = await server.call(pull(1440));
  const [[id], [watermark]] = [texts(begun, 'SubscriptionId'), texts(begun, 'Watermark')];
  expect(codes(await server.call(getEvents('none', watermark)))).toEqual(['ErrorSubscriptionNotFound']);
  expect(codes(await server.call(getEvents(id, 'AAAA')))).toEqual(['ErrorInvalidWatermark']);
  expect(codes(await server.call(pull(1, 'AAAA')))).toEqual(['ErrorInvalidWatermark']);
  const streaming = `<m:StreamingSubscriptionRequest>${inbox}${types}</m:StreamingSubscriptionRequest>`;
  const stream = await server.call(`<m:Subscribe>${streaming}</m:Subscribe>`);
  const asPull = await server.call(getEvents(texts(stream, 'SubscriptionId')[0], watermark));
  expect(codes(asPull)).toEqual(['ErrorInvalidPullSubscriptionId']);
  const short = await server.call(pull(1));
  const late = () => server.call(getEvents(texts(short, 'SubscriptionId')[0], texts(short, 'Watermark')[0]));
  await expect.poll(async () => codes(await late()), { intervals: [100] }).toEqual(['ErrorExpiredSubscription']);
});
