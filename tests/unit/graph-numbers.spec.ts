import { expect, test } from '@playwright/test';
import { portions } from '../../src/mail/portions.js';
import type { Folder, MailTransport, MessageRef, Position } from '../../src/mail/transport.js';
import { FakeFolder } from './fake-graph-folder.js';
import { graphFault, startGraphServer, type GraphAnswered, type GraphServer } from './graph-server.js';

const inbox: Folder = { id: 'inbox-1', name: 'Inbox' };

interface Scene extends AsyncDisposable {
  readonly server: GraphServer;
  readonly transport: MailTransport;
  readonly notes: readonly string[];
  /** A message that enters the folder. */
  add(subject: string, receivedAt?: Date): void;
  /** Gives a number to no message. */
  skip(count: number): void;
  remove(subject: string): void;
  /** The subjects of what came after a position. */
  after(position: Position): Promise<string[]>;
}

/** A folder whose messages are numbered, on a server that may answer otherwise. */
async function start(
  instead: (path: string, filter: string) => GraphAnswered | undefined = () => undefined,
): Promise<Scene> {
  const folder = new FakeFolder();
  const notes: string[] = [];
  let next = 7;
  const server = await startGraphServer(({ path, query }) => {
    const filter = query.get('$filter') ?? '';
    const answer = instead(path, filter);
    if (answer) return answer;
    if (path === '/me/mailFolders/inbox-1')
      return { json: { singleValueExtendedProperties: numberIs('0x6751', next) } };
    if (path.endsWith('/messages/delta')) return folder.delta(query);
    if (path === '/me/mailFolders/inbox-1/messages') return { json: { value: listed(folder, filter) } };
    const [, id = '', value] = /^\/me\/messages\/(.*?=)(\/\$value)?$/.exec(path) ?? [];
    return value ? { text: `Subject: x\r\n\r\nText` } : folder.read(id);
  });
  const transport = server.open({ note: (text) => notes.push(text) });
  let position: Position;
  return {
    server,
    transport,
    notes,
    add: (subject, receivedAt = new Date()) => void folder.add(subject, { receivedAt, articleNumber: next++ }),
    skip: (count) => void (next += count),
    remove: (subject) => folder.remove([...folder.messages.values()].find((message) => message.subject === subject)!),
    async after(from) {
      const messages: MessageRef[] = [];
      for await (const arrived of portions(from, (after) => transport.arrivals(inbox, after))) {
        messages.push(...arrived.messages);
        position = arrived.position;
      }
      const again = await transport.arrivals(inbox, position);
      expect(again.messages).toEqual([]);
      return messages.map(({ subject }) => subject);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function numberIs(tag: string, value: number) {
  return [{ id: `Integer ${tag}`, value: String(value) }];
}

/** As Graph answers to a filter, of the kind that is asked here. */
function listed({ messages }: FakeFolder, filter: string): object[] {
  const bound = (operator: string): number =>
    Number(new RegExp(`Edm.Int32\\) ${operator} (\\d+)`).exec(filter)?.[1] ?? NaN);
  const since = Date.parse(/^receivedDateTime ge (\S+)$/.exec(filter)?.[1] ?? '');
  return [...messages.values()]
    .filter(({ articleNumber = 0, receivedAt }) => {
      if (Number.isFinite(since)) return receivedAt.getTime() >= since;
      return articleNumber >= bound('ge') && !(articleNumber >= bound('lt'));
    })
    .map(({ id, subject, receivedAt, articleNumber = 0 }) => ({
      id,
      subject,
      receivedDateTime: receivedAt.toISOString(),
      hasAttachments: false,
      singleValueExtendedProperties: numberIs('0xe23', articleNumber),
    }));
}

test('what enters a folder is found by its number, however old its received time', async () => {
  await using scene = await start();
  scene.add('Before');
  const position = await scene.transport.position(inbox);
  scene.add('New');
  scene.add('Of last year', new Date('2025-01-01'));
  expect(await scene.after(position)).toEqual(['New', 'Of last year']);
  expect(scene.notes).toEqual([]);
});

test('where nothing came, one question tells so', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  const before = scene.server.asked.length;
  await scene.transport.arrivals(inbox, position);
  expect(scene.server.asked.slice(before)).toEqual(['GET /me/mailFolders/inbox-1']);
});

test('a number that was given, and whose message is not there yet, is asked for again', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  scene.skip(1);
  expect(await scene.after(position)).toEqual([]);
  scene.add('Later');
  expect(await scene.after(position)).toEqual(['Later']);
});

test('thousands of numbers are asked for in spans, and millions in no more of them', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  scene.add('First');
  scene.skip(1200);
  scene.add('Second');
  scene.skip(50_000_000);
  scene.add('Third');
  const before = scene.server.asked.length;
  expect(await scene.after(position)).toEqual(['First', 'Second', 'Third']);
  expect(scene.server.asked.length - before).toBeLessThan(115);
});

test('what has the first of many numbers comes first, and the rest after it', async () => {
  await using scene = await start();
  const position = await scene.transport.position(inbox);
  scene.add('First');
  scene.skip(150);
  scene.add('Second');
  scene.skip(300);
  scene.add('Third');
  const first = await scene.transport.arrivals(inbox, position);
  expect(first).toMatchObject({ messages: [{ subject: 'First' }, { subject: 'Second' }], isPartial: true });
  const rest = await scene.transport.arrivals(inbox, first.position);
  expect(rest).toMatchObject({ messages: [{ subject: 'Third' }], isPartial: false });
});

test('a position since a date has all from the first number on that was received since', async () => {
  await using scene = await start();
  scene.add('Old', new Date('2026-01-01'));
  scene.add('Recent', new Date('2026-06-01'));
  scene.add('Delayed', new Date('2026-02-01'));
  const position = await scene.transport.position(inbox, { since: new Date('2026-05-01') });
  expect(await scene.after(position)).toEqual(['Recent', 'Delayed']);
  const later = await scene.transport.position(inbox, { since: new Date('2026-07-01') });
  expect(await scene.after(later)).toEqual([]);
});

for (const [what, instead] of Object.entries({
  'tells of no numbers': (path: string) => (path === '/me/mailFolders/inbox-1' ? { json: {} } : undefined),
  'can not search by number': (path: string) =>
    path.endsWith('/messages') ? graphFault(400, 'ErrorInvalidUrlQueryFilter') : undefined,
})) {
  test(`a server that ${what} is followed by its changes, and the report says what that means`, async () => {
    await using scene = await start(instead);
    const position = await scene.transport.position(inbox);
    scene.add('New');
    expect(await scene.after(position)).toEqual(['New']);
    await scene.transport.position(inbox);
    expect(new Set(scene.notes)).toEqual(new Set([expect.stringContaining('no article numbers')]));
  });
}
