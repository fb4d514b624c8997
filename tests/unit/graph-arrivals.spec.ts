import { expect, test } from '@playwright/test';
import type { Folder, MailTransport, Position } from '../../src/mail/transport.js';
import { FakeFolder, link } from './fake-graph-folder.js';
import { startGraphServer, type GraphServer } from './graph-server.js';

const inbox: Folder = { id: 'inbox-1', name: 'Inbox' };
const hour = 3_600_000;

interface Scene extends AsyncDisposable {
  readonly folder: FakeFolder;
  readonly server: GraphServer;
  readonly transport: MailTransport;
  /** What came after a position. */
  subjects(after: Position): Promise<{ subjects: string[]; position: Position }>;
}

async function start(): Promise<Scene> {
  const folder = new FakeFolder();
  const server = await startGraphServer(({ path, query }) => {
    if (path.endsWith('/messages/delta')) return folder.delta(query);
    // It tells of no numbers.
    if (path === '/me/mailFolders/inbox-1') return { json: { id: 'inbox-1' } };
    const [, id = '', value] = /^\/me\/messages\/(.*?=)(\/\$value)?$/.exec(path) ?? [];
    return value ? { text: `Subject: ${folder.messages.get(id)?.subject}\r\n\r\nText` } : folder.read(id);
  });
  const transport = server.open();
  return {
    folder,
    server,
    transport,
    async subjects(after) {
      const { messages, position } = await transport.arrivals(inbox, after);
      return { subjects: messages.map(({ subject }) => subject), position };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('what is there counts as seen, page by page; what comes after it is told of once', async () => {
  await using scene = await start();
  for (const number of [1, 2, 3, 4, 5]) scene.folder.add(`Old ${number}`);
  scene.folder.pageSize = 2;
  const position = await scene.transport.position(inbox);
  expect(scene.server.asked.filter((request) => request.endsWith('/delta'))).toHaveLength(3);
  scene.folder.add('New');
  const first = await scene.subjects(position);
  expect(first.subjects).toEqual(['New']);
  expect((await scene.subjects(first.position)).subjects).toEqual([]);
});

test('a message comes with its envelope, under an id that stays when it moves', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  const { id, receivedAt } = scene.folder.add('Verify');
  const { messages } = await scene.transport.arrivals(inbox, position);
  expect(messages).toEqual([
    {
      id: `immutable-${id}`,
      messageId: '<Verify@contoso.com>',
      from: { name: 'Shop', address: 'shop@contoso.com' },
      to: [{ name: 'QA', address: 'qa@contoso.com' }],
      cc: [],
      deliveredTo: ['qa+tag@contoso.com'],
      subject: 'Verify',
      size: 1234,
      receivedAt,
      isRead: false,
    },
  ]);
});

test('mail with an old received time is found, 48 hours back', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  scene.folder.add('Delayed', { receivedAt: new Date(Date.now() - 47 * hour) });
  expect((await scene.subjects(position)).subjects).toEqual(['Delayed']);
});

test('a message that is read, or leaves, is no arrival; one that comes back is one', async () => {
  await using scene = await start();
  const old = scene.folder.add('Old');
  let position = await scene.transport.position(inbox);
  scene.folder.markAsRead(old);
  ({ position } = await scene.subjects(position));
  scene.folder.remove(old);
  scene.folder.remove(scene.folder.add('Brief'));
  const away = await scene.subjects(position);
  expect(away.subjects).toEqual([]);
  scene.folder.add('Old');
  expect((await scene.subjects(away.position)).subjects).toEqual(['Old']);
});

test('where the server has forgotten the link, all starts over: nothing is lost, nothing comes twice', async () => {
  await using scene = await start();
  const old = scene.folder.add('Old');
  scene.folder.add('Older');
  const position = await scene.transport.position(inbox);
  scene.folder.add('One');
  const first = await scene.subjects(position);
  scene.folder.add('Two');
  scene.folder.remove(old);
  scene.folder.forget();
  const second = await scene.subjects(first.position);
  expect(second.subjects).toEqual(['Two']);
  scene.folder.add('Three');
  expect((await scene.subjects(second.position)).subjects).toEqual(['Three']);
  scene.folder.forget();
  expect((await scene.subjects(first.position)).subjects).toEqual(['Two', 'Three']);
});

test('a server that forgets every link at once is asked again, and nothing is lost', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  scene.folder.add('New');
  scene.folder.isForgetful = true;
  await expect(scene.transport.arrivals(inbox, position)).rejects.toMatchObject({
    transient: true,
    message: expect.stringContaining('410 syncStateNotFound'),
  });
  scene.folder.isForgetful = false;
  expect((await scene.subjects(position)).subjects).toEqual(['New']);
});

test('a position before a date has all since then after it', async () => {
  await using scene = await start();
  scene.folder.add('Before', { receivedAt: new Date(Date.now() - 3 * hour) });
  scene.folder.add('After', { receivedAt: new Date(Date.now() - hour) });
  const position = await scene.transport.position(inbox, { since: new Date(Date.now() - 2 * hour) });
  scene.folder.add('New');
  expect((await scene.subjects(position)).subjects).toEqual(['After', 'New']);
});

test.describe('where more came within 48 hours than Graph tells of', () => {
  async function startFull(receivedAt: Date): Promise<Scene> {
    const scene = await start();
    scene.folder.pageSize = 1000;
    for (let index = 0; index < 5000; index++) scene.folder.add('Old', { receivedAt });
    return scene;
  }

  test('what was received later is looked at, so that nothing is lost when the link is', async () => {
    await using scene = await startFull(new Date(Date.now() - 40 * hour));
    const position = await scene.transport.position(inbox);
    scene.folder.add('New');
    scene.folder.forget();
    const after = await scene.subjects(position);
    expect(after.subjects).toEqual(['New']);
    scene.folder.add('Newer');
    expect((await scene.subjects(after.position)).subjects).toEqual(['Newer']);
  });

  test('a position before a date is refused, as what came since is not known', async () => {
    await using scene = await startFull(new Date(Date.now() - 40 * hour));
    const position = await scene.transport.position(inbox, { since: new Date(Date.now() - 47 * hour) });
    await expect(scene.subjects(position)).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringMatching(/^reading the folder Inbox .* 5,000 messages or more .*\n.*a later date/s),
    });
  });

  test('a folder that takes them within a minute is refused', async () => {
    await using scene = await startFull(new Date(Date.now() + hour));
    await expect(scene.transport.position(inbox)).rejects.toMatchObject({ code: 'PROTOCOL' });
  });
});

test('the order is that of arrival: by number where there is one, else by received time', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  const [old, now] = [new Date(Date.now() - hour), new Date()];
  scene.folder.add('Moved in last', { receivedAt: old, articleNumber: 12 });
  scene.folder.add('First', { receivedAt: now, articleNumber: 10 });
  scene.folder.add('Second', { receivedAt: now, articleNumber: 11 });
  const numbered = await scene.subjects(position);
  expect(numbered.subjects).toEqual(['First', 'Second', 'Moved in last']);
  scene.folder.add('Young', { receivedAt: now });
  scene.folder.add('Old', { receivedAt: old });
  expect((await scene.subjects(numbered.position)).subjects).toEqual(['Old', 'Young']);
});

test('a message that left between two requests is passed over', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  const brief = scene.folder.add('Brief');
  scene.folder.messages.delete(brief.id);
  scene.folder.add('Lasting');
  expect((await scene.subjects(position)).subjects).toEqual(['Lasting']);
});

test('an arrival is not passed over because Graph does not find the mailbox for a while', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  scene.folder.add('Verify');
  scene.folder.isAway = true;
  await expect(scene.subjects(position)).rejects.toMatchObject({ code: 'MAILBOX_NOT_FOUND' });
  scene.folder.isAway = false;
  expect((await scene.subjects(position)).subjects).toEqual(['Verify']);
});

test('of a few small messages the sources come along, of others they are fetched when they are wanted', async () => {
  await using scene = await start();
  let position = await scene.transport.position(inbox);
  scene.folder.add('Small');
  const small = await scene.transport.arrivals(inbox, position);
  const { length } = scene.server.asked;
  expect(await scene.transport.fetch(small.messages)).toMatchObject([
    { source: Buffer.from('Subject: Small\r\n\r\nText') },
  ]);
  expect(scene.server.asked).toHaveLength(length);
  ({ position } = small);
  scene.folder.add('Large', { hasAttachments: true });
  const large = await scene.transport.arrivals(inbox, position);
  expect(scene.server.asked.filter((asked) => asked.endsWith('$value'))).toHaveLength(1);
  await scene.transport.fetch(large.messages);
  expect(scene.server.asked.filter((asked) => asked.endsWith('$value'))).toHaveLength(2);
});

test('several folders are asked after by turns', async () => {
  let underWay = 0;
  let most = 0;
  await using server = await startGraphServer(async () => {
    most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    underWay--;
    return { json: { value: [], '@odata.deltaLink': link('$deltatoken=1') } };
  });
  const transport = server.open();
  await Promise.all(['a', 'b', 'c'].map((id) => transport.position({ id, name: id })));
  expect(most).toBe(1);
});

test('what is no position of Graph is refused', async () => {
  await using scene = await start();
  for (const position of ['12', '{"seen":[]}', 'null']) {
    await expect(scene.subjects(position as Position)).rejects.toMatchObject({ code: 'CONFIGURATION' });
  }
});
