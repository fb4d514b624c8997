import { expect, test } from '@playwright/test';
import { startGraphServer, type GraphReply, type GraphServer, type Json } from './sandbox-graph-server.js';

const delta = '/me/mailFolders/inbox/messages/delta';

interface Round {
  readonly pages: readonly GraphReply[];
  readonly value: readonly Json[];
  readonly deltaLink: string;
}

/** A round to its end. */
async function walk(server: GraphServer, link: string, headers: Record<string, string> = {}): Promise<Round> {
  const pages: GraphReply[] = [];
  for (let next: unknown = link; typeof next === 'string'; next = pages.at(-1)?.json['@odata.nextLink']) {
    pages.push(await server.ask(next, { headers }));
  }
  const deltaLink = pages.at(-1)?.json['@odata.deltaLink'];
  return { pages, value: pages.flatMap(({ value }) => value), deltaLink: String(deltaLink) };
}

function subjects({ value }: Pick<Round, 'value'>): unknown[] {
  return value.map(({ subject }) => subject);
}

test('the first round gives what is there, later ones what came since', async () => {
  await using server = await startGraphServer();
  server.deliver({ subject: 'One' });
  const first = await walk(server, `${delta}?$select=subject`);
  expect(subjects(first)).toEqual(['One']);
  expect(first.pages[0]?.json['@odata.context']).toMatch(/\/messages\/\$delta$/);
  expect(first.pages[0]?.headers.get('preference-applied')).toContain('odata.track-changes');

  expect((await walk(server, first.deltaLink)).value).toEqual([]);
  server.deliver({ subject: 'Two' });
  const second = await walk(server, first.deltaLink);
  const type = '#microsoft.graph.message';
  expect(second.value).toEqual([
    { '@odata.type': type, '@odata.etag': expect.any(String), id: expect.any(String), subject: 'Two' },
  ]);
  expect(subjects(await walk(server, first.deltaLink)), 'a link can be followed again').toEqual(['Two']);
  expect((await walk(server, second.deltaLink)).value).toEqual([]);
});

test('pages are as long as the client prefers, and a round is of one moment', async () => {
  await using server = await startGraphServer();
  for (const subject of ['One', 'Two', 'Three']) server.deliver({ subject });
  const headers = { Prefer: 'odata.maxpagesize=2' };
  const first = await server.ask(`${delta}?$select=subject`, { headers });
  expect(subjects(first)).toEqual(['One', 'Two']);
  expect(first.headers.get('preference-applied')).toContain('odata.maxpagesize=2');
  server.deliver({ subject: 'Four' });
  const rest = await walk(server, String(first.json['@odata.nextLink']), headers);
  expect(subjects(rest)).toEqual(['Three']);
  expect(subjects(await walk(server, rest.deltaLink, headers))).toEqual(['Four']);
});

test('with a filter no more than 5,000 messages are told of', async () => {
  await using server = await startGraphServer();
  for (let index = 0; index < 5001; index++) server.deliver();
  const prefer = { Prefer: 'odata.maxpagesize=1000' };
  const filter = '$filter=receivedDateTime ge 2026-01-02T00:00:00Z';
  expect((await walk(server, `${delta}?$select=id`, prefer)).value).toHaveLength(5001);
  const filtered = await walk(server, `${delta}?$select=id&${filter}`, prefer);
  expect(filtered.value).toHaveLength(5000);
  server.deliver();
  expect((await walk(server, filtered.deltaLink, prefer)).value).toHaveLength(1);
});

test('a filter on the received time holds in every round, and does not hold back what was removed later', async () => {
  await using server = await startGraphServer();
  const receivedAt = new Date('2026-01-01T00:00:00Z');
  server.deliver({ subject: 'Old', receivedAt });
  const kept = server.deliver({ subject: 'New', receivedAt: new Date('2026-01-03T00:00:00Z') });
  const first = await walk(server, `${delta}?$select=subject&$filter=receivedDateTime ge 2026-01-02T00:00:00Z`);
  expect(subjects(first)).toEqual(['New']);
  server.deliver({ subject: 'Late', receivedAt });
  kept.folder.remove(kept);
  const [removed, ...others] = (await walk(server, first.deltaLink)).value;
  expect(removed).toMatchObject({ id: server.idOf(kept), '@removed': { reason: 'deleted' } });
  expect(others).toEqual([]);
});

test('a message that was moved out is removed; one that was changed or marked as read comes again', async () => {
  await using server = await startGraphServer();
  const [moved, marked, read] = ['Moved', 'Marked', 'Read'].map((subject) => server.deliver({ subject }));
  const { deltaLink } = await walk(server, delta);
  await server.ask(`POST /me/messages/${server.idOf(moved!)}/move`, { body: { destinationId: 'archive' } });
  await server.ask(`PATCH /me/messages/${server.idOf(marked!)}`, { body: { categories: ['Red'] } });
  await server.ask(`PATCH /me/messages/${server.idOf(read!)}`, { body: { isRead: true } });
  const { value } = await walk(server, deltaLink);
  expect(value).toEqual([
    {
      '@odata.type': '#microsoft.graph.message',
      id: server.idOf(moved!),
      '@removed': { reason: 'deleted' },
    },
    expect.objectContaining({ subject: 'Marked', categories: ['Red'] }),
    {
      '@odata.type': '#microsoft.graph.message',
      '@odata.etag': expect.any(String),
      id: server.idOf(read!),
      isRead: true,
    },
  ]);
});

test('only the wanted kind of change comes', async () => {
  await using server = await startGraphServer();
  const old = server.deliver({ subject: 'Old' });
  const links: Record<string, string> = {};
  for (const kind of ['created', 'updated', 'deleted']) {
    links[kind] = (await walk(server, `${delta}?$select=subject&changeType=${kind}`)).deltaLink;
  }
  server.deliver({ subject: 'New' });
  old.folder.setFlag(old, '\\Flagged', true);
  const gone = server.deliver({ subject: 'Gone' });
  gone.folder.remove(gone);
  expect(subjects(await walk(server, links['created']!))).toEqual(['New']);
  expect(subjects(await walk(server, links['updated']!))).toEqual(['Old']);
  expect((await walk(server, links['deleted']!)).value.map(({ id }) => id)).toEqual([server.idOf(gone)]);
});

test('with immutable ids, a message that comes back is the same', async () => {
  await using server = await startGraphServer();
  const headers = { Prefer: 'IdType="ImmutableId"' };
  server.deliver();
  const first = await walk(server, delta, headers);
  const [{ id } = {}] = first.value;
  await server.ask(`POST /me/messages/${String(id)}/move`, { body: { destinationId: 'junkemail' }, headers });
  const second = await walk(server, first.deltaLink, headers);
  expect(second.value).toEqual([expect.objectContaining({ id, '@removed': { reason: 'deleted' } })]);
  const { json } = await server.ask(`POST /me/messages/${String(id)}/move`, {
    body: { destinationId: 'inbox' },
    headers,
  });
  expect(json['id']).toBe(id);
  expect((await walk(server, second.deltaLink, headers)).value).toEqual([expect.objectContaining({ id })]);
});

test.describe('what a delta query cannot do is refused', () => {
  const cases = [
    ["$filter=subject eq 'x'", 'ErrorInvalidUrlQuery'],
    ['$filter=receivedDateTime lt 2026-01-01T00:00:00Z', 'ErrorInvalidUrlQuery'],
    ['$orderby=subject', 'ErrorInvalidUrlQuery'],
    ['$search="x"', 'ErrorInvalidUrlQuery'],
    ['$skip=1', 'ErrorInvalidUrlQuery'],
    ['$select=colour', 'BadRequest'],
    ['changeType=moved', 'BadRequest'],
  ] as const;
  for (const [query, code] of cases) {
    test(query, async () => {
      await using server = await startGraphServer();
      expect(await server.ask(`${delta}?${query}`)).toMatchObject({ status: 400, code });
    });
  }
});

test.describe('a link that leads nowhere', () => {
  for (const token of ['$deltatoken=abc', '$skiptoken=abc.10']) {
    test(`${token} is answered 410`, async () => {
      await using server = await startGraphServer();
      expect(await server.ask(`${delta}?${token}`)).toMatchObject({ status: 410, code: 'SyncStateNotFound' });
    });
  }

  test('of another sandbox is answered 410', async () => {
    await using server = await startGraphServer();
    await using other = await startGraphServer();
    const { deltaLink } = await walk(other, delta);
    const { search } = new URL(deltaLink);
    expect((await server.ask(delta + search)).code).toBe('SyncStateNotFound');
  });

  test('of another folder is refused', async () => {
    await using server = await startGraphServer();
    const { search } = new URL((await walk(server, delta)).deltaLink);
    const { status, code } = await server.ask(`/me/mailFolders/junkemail/messages/delta${search}`);
    expect([status, code]).toEqual([400, 'BadRequest']);
  });
});

test.describe('faults', () => {
  test('a forgotten sync state strikes who goes on, not who begins', async () => {
    await using server = await startGraphServer();
    const { deltaLink } = await walk(server, delta);
    server.faults.lostSyncStates = 1;
    expect((await server.ask(delta)).status).toBe(200);
    expect(await server.ask(deltaLink)).toMatchObject({ status: 410, code: 'SyncStateNotFound' });
    expect((await server.ask(deltaLink)).status).toBe(200);
  });

  test('a page that is cut off in the middle can be asked for again', async () => {
    await using server = await startGraphServer();
    server.deliver({ subject: 'One' });
    server.faults.dropDuringDelta = 1;
    await expect(server.ask(delta)).rejects.toThrow('terminated');
    expect((await server.ask('/me/messages')).status).toBe(200);
    expect(subjects(await walk(server, delta))).toEqual(['One']);
  });

  test('a page is held back, and no other answer is', async () => {
    await using server = await startGraphServer();
    server.faults.delayDelta = 3_600_000;
    let isAnswered = false;
    const late = server.ask(delta).then(
      () => (isAnswered = true),
      () => undefined,
    );
    expect((await server.ask('/me/messages')).status).toBe(200);
    expect(isAnswered).toBe(false);
    await server[Symbol.asyncDispose]();
    await late;
  });
});
