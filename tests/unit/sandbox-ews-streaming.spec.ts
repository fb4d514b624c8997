import { expect, test } from '@playwright/test';
import { answerOf, all, codes, mail, startEwsServer, texts, type EwsServer } from './sandbox-ews-server.js';
import type { XmlElement } from '../../src/sandbox/ews/xml.js';

const allTypes = ['NewMailEvent', 'CreatedEvent', 'DeletedEvent', 'ModifiedEvent', 'MovedEvent', 'CopiedEvent'];
const events = new Set(allTypes);

interface SubscribeOptions {
  readonly types?: readonly string[];
  readonly folder?: string;
  readonly kind?: 'Streaming' | 'Pull';
}

function subscription({ types = allTypes, folder = 'inbox', kind = 'Streaming' }: SubscribeOptions = {}): string {
  const listed = types.map((type) => `<t:EventType>${type}</t:EventType>`).join('');
  const extra = kind === 'Pull' ? '<t:Timeout>10</t:Timeout>' : '';
  return (
    `<m:Subscribe><m:${kind}SubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id="${folder}"/></t:FolderIds>` +
    `<t:EventTypes>${listed}</t:EventTypes>${extra}</m:${kind}SubscriptionRequest></m:Subscribe>`
  );
}

async function subscribe(server: EwsServer, options?: SubscribeOptions): Promise<string> {
  return texts(await server.call(subscription(options)), 'SubscriptionId')[0]!;
}

function streamRequest(ids: readonly string[], minutes = 30): string {
  const list = ids.map((id) => `<t:SubscriptionId>${id}</t:SubscriptionId>`).join('');
  return (
    `<m:GetStreamingEvents><m:SubscriptionIds>${list}</m:SubscriptionIds>` +
    `<m:ConnectionTimeout>${minutes}</m:ConnectionTimeout></m:GetStreamingEvents>`
  );
}

/** An open stream, read envelope by envelope; `chunks` are the pieces it came in. */
class Stream {
  readonly chunks: string[] = [];
  readonly #answers: AsyncGenerator<XmlElement>;

  constructor(response: Response) {
    this.#answers = this.#read(response.body!);
  }

  static async open(server: EwsServer, ids: readonly string[], minutes?: number): Promise<Stream> {
    return new Stream(await server.post(streamRequest(ids, minutes)));
  }

  /** The next answer; nothing where the stream has ended. */
  async next(): Promise<XmlElement | undefined> {
    return (await this.#answers.next()).value as XmlElement | undefined;
  }

  /** The next answer that tells of something, as the types of its events. */
  async nextEvents(): Promise<string[]> {
    for (;;) {
      const answer = await this.next();
      if (!answer) throw new Error('The stream has ended.');
      const [notification] = all(answer, 'Notification');
      const types = notification?.children.flatMap((child) => (typeof child === 'string' ? [] : child.name)) ?? [];
      if (types.some((type) => events.has(type))) return types.filter((type) => events.has(type));
    }
  }

  async *#read(body: ReadableStream<Uint8Array>): AsyncGenerator<XmlElement> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      this.chunks.push(decoder.decode(chunk, { stream: true }));
      text += this.chunks.at(-1);
      for (let end; (end = text.indexOf('</Envelope>')) >= 0; text = text.slice(end + 11)) {
        yield answerOf(text.slice(0, end + 11));
      }
    }
  }
}

test('a stream says at once that it is open, then tells of every change', async () => {
  await using server = await startEwsServer();
  const stream = await Stream.open(server, [await subscribe(server)]);
  const opened = await stream.next();
  expect(codes(opened!)).toEqual(['NoError']);
  expect(texts(opened!, 'ConnectionStatus')).toEqual(['OK']);
  const account = server.store.account('qa@contoso.com');
  const inbox = account.folder('inbox');
  const [message] = server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(await stream.nextEvents()).toEqual(['CreatedEvent', 'NewMailEvent']);
  inbox.setFlag(message!, '\\Seen', true);
  expect(await stream.nextEvents()).toEqual(['ModifiedEvent']);
  const junk = inbox.move(message!, account.folder('junkemail'));
  expect(await stream.nextEvents()).toEqual(['MovedEvent']);
  const back = account.folder('junkemail').move(junk, inbox);
  expect(await stream.nextEvents()).toEqual(['MovedEvent']);
  inbox.copy(back, inbox);
  expect(await stream.nextEvents()).toEqual(['CopiedEvent']);
  inbox.remove(back);
  expect(await stream.nextEvents()).toEqual(['DeletedEvent']);
});

test('a moved message is told of by its old id and its new one', async () => {
  await using server = await startEwsServer();
  const account = server.store.account('qa@contoso.com');
  const old = account.folder('junkemail').add({ source: mail() });
  const stream = await Stream.open(server, [await subscribe(server, { types: ['MovedEvent'] })]);
  await stream.next();
  const moved = account.folder('junkemail').move(old, account.folder('inbox'));
  const event = await stream.next();
  expect(all(event!, 'ItemId')[0]!.attributes['Id']).toBe(moved.id);
  expect(all(event!, 'OldItemId')[0]!.attributes['Id']).toBe(old.id);
});

test('only the types and folders that were subscribed to are told of', async () => {
  await using server = await startEwsServer();
  const stream = await Stream.open(server, [await subscribe(server, { types: ['NewMailEvent'] })]);
  const account = server.store.account('qa@contoso.com');
  account.folder('sentitems').add({ source: mail() });
  server.store.deliver({ to: ['other@contoso.com'], source: mail() });
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(await stream.nextEvents()).toEqual(['NewMailEvent']);
});

test('what happens before the stream opens is told of once it does', async () => {
  await using server = await startEwsServer();
  const id = await subscribe(server);
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const stream = await Stream.open(server, [id]);
  expect(await stream.nextEvents()).toEqual(['CreatedEvent', 'NewMailEvent']);
});

test('envelopes follow each other in one chunk, without a prefix', async () => {
  await using server = await startEwsServer();
  const ids = [await subscribe(server), await subscribe(server)];
  server.faults.chunkSize = 1_000_000;
  const stream = await Stream.open(server, ids);
  await stream.next();
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  await stream.nextEvents();
  expect(stream.chunks.at(-1)!.match(/<Envelope /g)).toHaveLength(2);
  expect(stream.chunks.at(-1)).toContain('</Envelope><Envelope ');
});

test('envelopes are cut wherever the chunk ends', async () => {
  await using server = await startEwsServer();
  const id = await subscribe(server);
  server.faults.chunkSize = 7;
  const stream = await Stream.open(server, [id]);
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(await stream.nextEvents()).toEqual(['CreatedEvent', 'NewMailEvent']);
  expect(stream.chunks.length).toBeGreaterThan(20);
});

test('a heartbeat names each subscription', async () => {
  await using server = await startEwsServer({ heartbeatInterval: 5 });
  const id = await subscribe(server);
  const stream = await Stream.open(server, [id]);
  await stream.next();
  const heartbeat = await stream.next();
  expect(texts(heartbeat!, 'SubscriptionId')).toEqual([id]);
  expect(all(heartbeat!, 'StatusEvent')).toHaveLength(1);
});

test('a stream ends by itself after its minutes', async () => {
  await using server = await startEwsServer({ minute: 50 });
  const stream = await Stream.open(server, [await subscribe(server)], 2);
  await stream.next();
  expect(texts((await stream.next())!, 'ConnectionStatus')).toEqual(['Closed']);
  expect(await stream.next()).toBeUndefined();
});

test('an unknown subscription is told of, and the others go on', async () => {
  await using server = await startEwsServer();
  const stream = await Stream.open(server, ['bm9uZQ==', await subscribe(server)]);
  await stream.next();
  const refusal = await stream.next();
  expect(codes(refusal!)).toEqual(['ErrorSubscriptionNotFound']);
  expect(texts(refusal!, 'SubscriptionId')).toEqual(['bm9uZQ==']);
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(await stream.nextEvents()).toEqual(['CreatedEvent', 'NewMailEvent']);
});

test('a stream without any subscription ends', async () => {
  await using server = await startEwsServer();
  const stream = await Stream.open(server, ['bm9uZQ==']);
  await stream.next();
  expect(codes((await stream.next())!)).toEqual(['ErrorSubscriptionNotFound']);
  expect(texts((await stream.next())!, 'ConnectionStatus')).toEqual(['Closed']);
  expect(await stream.next()).toBeUndefined();
});

test('a newer stream takes a subscription over', async () => {
  await using server = await startEwsServer();
  const id = await subscribe(server);
  const older = await Stream.open(server, [id]);
  const newer = await Stream.open(server, [id]);
  await older.next();
  expect(codes((await older.next())!)).toEqual(['ErrorNewEventStreamConnectionOpened']);
  expect(texts((await older.next())!, 'ConnectionStatus')).toEqual(['Closed']);
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(await newer.nextEvents()).toEqual(['CreatedEvent', 'NewMailEvent']);
});

test('more streams than an account may hold are refused', async () => {
  await using server = await startEwsServer();
  server.faults.maxStreams = 1;
  const ids = [await subscribe(server), await subscribe(server)];
  await Stream.open(server, [ids[0]!]);
  const refused = await server.post(streamRequest([ids[1]!]));
  expect(refused.status).toBe(500);
  expect(codes(answerOf(await refused.text()))).toEqual(['ErrorExceededConnectionCount']);
});

test('dropped streams break off, and their subscriptions live on', async () => {
  await using server = await startEwsServer();
  const id = await subscribe(server);
  const stream = await Stream.open(server, [id]);
  await stream.next();
  server.door.dropStreams();
  await expect(stream.next()).rejects.toThrow();
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(await (await Stream.open(server, [id])).nextEvents()).toEqual(['CreatedEvent', 'NewMailEvent']);
});

test('forgotten subscriptions are not found any more', async () => {
  await using server = await startEwsServer();
  const id = await subscribe(server);
  server.door.forgetSubscriptions();
  const stream = await Stream.open(server, [id]);
  await stream.next();
  expect(codes((await stream.next())!)).toEqual(['ErrorSubscriptionNotFound']);
});

test('lost pushes are never sent, silent streams stay open and say nothing', async () => {
  await using server = await startEwsServer({ heartbeatInterval: 5 });
  const stream = await Stream.open(server, [await subscribe(server)]);
  await stream.next();
  server.faults.losePushes = 1;
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  const beat = await stream.next();
  expect(all(beat!, 'StatusEvent')).toHaveLength(1);
  server.faults.losePushes = 0;
  server.faults.silentStreams = true;
  let answered = false;
  const next = stream.nextEvents().then((types) => ((answered = true), types));
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  await server.call(subscription());
  expect(answered).toBe(false);
  server.faults.silentStreams = false;
  server.store.account('qa@contoso.com').folder('inbox').add({ source: mail() });
  expect(await next).toEqual(['CreatedEvent', 'NewMailEvent', 'CreatedEvent']);
});

test('a pull subscription gives its events again until they are acknowledged', async () => {
  await using server = await startEwsServer();
  const created = await server.call(subscription({ kind: 'Pull', types: ['NewMailEvent'] }));
  const [id, watermark] = [texts(created, 'SubscriptionId')[0]!, texts(created, 'Watermark')[0]!];
  const pull = (mark: string) =>
    server.call(
      `<m:GetEvents><m:SubscriptionId>${id}</m:SubscriptionId><m:Watermark>${mark}</m:Watermark></m:GetEvents>`,
    );
  expect(all(await pull(watermark), 'StatusEvent')).toHaveLength(1);
  server.store.deliver({ to: ['qa@contoso.com'], source: mail() });
  expect(all(await pull(watermark), 'NewMailEvent')).toHaveLength(1);
  const again = await pull(watermark);
  expect(all(again, 'NewMailEvent')).toHaveLength(1);
  expect(all(await pull(texts(again, 'Watermark')[0]!), 'NewMailEvent')).toEqual([]);
  expect(codes(await pull('bm9uZQ=='))).toEqual(['ErrorInvalidWatermark']);
});

test('an ended subscription is not found', async () => {
  await using server = await startEwsServer();
  const id = await subscribe(server);
  const unsubscribe = `<m:Unsubscribe><m:SubscriptionId>${id}</m:SubscriptionId></m:Unsubscribe>`;
  expect(codes(await server.call(unsubscribe))).toEqual(['NoError']);
  expect(codes(await server.call(unsubscribe))).toEqual(['ErrorSubscriptionNotFound']);
});

test('subscribing binds the client to its server', async () => {
  await using server = await startEwsServer();
  const response = await server.post(subscription());
  expect(response.headers.get('set-cookie')).toContain('X-BackEndOverrideCookie=');
});

test('a subscription that cannot be is refused', async () => {
  await using server = await startEwsServer();
  expect(codes(await server.call(subscription({ folder: 'voicemail' })))).toEqual(['ErrorFolderNotFound']);
  expect(codes(await server.call(subscription({ types: [] })))).toEqual(['ErrorSchemaValidation']);
  expect(codes(await server.call(streamRequest(['bm9uZQ=='], 31)))).toEqual(['ErrorSchemaValidation']);
});
