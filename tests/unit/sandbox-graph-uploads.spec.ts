import { expect, test } from '@playwright/test';
import { UploadSessions } from '../../src/sandbox/graph/uploads/upload-sessions.js';
import { startGraphServer, type GraphServer } from './sandbox-graph-server.js';

let server: GraphServer;
test.beforeAll(async () => {
  server = await startGraphServer();
});
test.afterAll(() => server[Symbol.asyncDispose]());

const file = Buffer.alloc(3_500_000, 'content ');
const inbox = () => server.store.account('qa@contoso.com').folder('drafts').messages;

async function begin(item: object = {}) {
  const draft = await server.ask('POST /me/messages', { body: { subject: 'Large' } });
  const path = `/me/messages/${String(draft.json['id'])}/attachments/createUploadSession`;
  const described = { attachmentType: 'file', name: 'large.bin', size: file.length, ...item };
  return server.ask(`POST ${path}`, { body: { AttachmentItem: described } });
}

function put(url: string, [from, to]: readonly [number, number], headers: Record<string, string> = {}) {
  const range = `bytes ${from}-${to - 1}/${file.length}`;
  return fetch(url, { method: 'PUT', headers: { 'Content-Range': range, ...headers }, body: file.subarray(from, to) });
}

test('a file is uploaded piece by piece to an address that needs no token', async () => {
  const begun = await begin();
  expect(begun.status).toBe(201);
  expect(begun.json).toMatchObject({ nextExpectedRanges: ['0-'], expirationDateTime: expect.any(String) });
  const url = String(begun.json['uploadUrl']);
  const first = await put(url, [0, 2_000_000]);
  expect([first.status, await first.json()]).toEqual([
    200,
    expect.objectContaining({ nextExpectedRanges: ['2000000-'] }),
  ]);
  expect(await (await fetch(url)).json()).toMatchObject({ nextExpectedRanges: ['2000000-'] });
  const last = await put(url, [2_000_000, file.length]);
  expect(last.status).toBe(201);
  expect(last.headers.get('location')).toMatch(/\/Attachments\('AAMkB[\w-]+'\)$/);
  const [attachment] = (await inbox().at(-1)!.parsed()).attachments;
  expect(attachment).toMatchObject({ filename: 'large.bin', size: file.length });
  expect(attachment?.content.equals(file)).toBe(true);
});

test('a piece that does not follow, a token, and what was cancelled are refused', async () => {
  const url = String((await begin()).json['uploadUrl']);
  expect((await put(url, [1000, 2000])).status).toBe(416);
  expect((await put(url, [0, 1000], { 'Content-Range': 'bytes 0-1/2' })).status).toBe(400);
  expect((await put(url, [0, 1000], { Authorization: 'Bearer user' })).status).toBe(401);
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
  expect((await put(url, [0, 1000])).status).toBe(404);
});

test('what is too small or too large for an upload is refused', async () => {
  expect((await begin({ size: 1000 })).code).toBe('ErrorAttachmentSizeShouldNotBeLessThanMinimumSize');
  expect((await begin({ size: 200_000_000 })).code).toBe('ErrorAttachmentSizeLimitExceeded');
  expect((await begin({ attachmentType: 'item' })).status).toBe(400);
});

test('uploads that were begun first make room for those that go on', () => {
  const sessions = new UploadSessions(10);
  const attachment = { name: 'x', contentType: 'text/plain', contentId: undefined, isInline: false };
  const [first, second] = [1, 2].map(() => sessions.create({ message: server.deliver(), size: 12, attachment }));
  const piece = Buffer.alloc(6);
  sessions.add(first!.token, piece, 'bytes 0-5/12');
  sessions.add(second!.token, piece, 'bytes 0-5/12');
  expect(() => sessions.get(first!.token)).toThrow('The upload session was not found.');
  expect(sessions.get(second!.token).received).toBe(6);
});
