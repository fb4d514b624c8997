import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { Folder, MailTransport, Position } from '../../src/mail/transport.js';
import { startEwsSandbox, type EwsSandbox } from './ews-transport-sandbox.js';

/** A mailbox that is watched, as the feed does it: it looks by hints from where it stands. */
class Watched {
  readonly #controller = new AbortController();
  readonly #transport: MailTransport;
  readonly #inbox: Folder;
  readonly #ended: Promise<void>;
  #hint = (): void => {};
  #position: Position;

  constructor(transport: MailTransport, inbox: Folder, position: Position) {
    this.#transport = transport;
    this.#inbox = inbox;
    this.#position = position;
    this.#ended = transport.watch(inbox, () => this.#hint(), { signal: this.#controller.signal });
  }

  /** From where the inbox stands now. */
  static async open(sandbox: EwsSandbox): Promise<Watched> {
    const transport = await sandbox.open();
    const inbox = await transport.folder('inbox');
    const watched = new Watched(transport, inbox, await transport.position(inbox));
    await watched.#hinted();
    return watched;
  }

  #hinted(): Promise<void> {
    return Promise.race([new Promise<void>((resolve) => (this.#hint = resolve)), this.#ended]);
  }

  /** Does something, until a hint comes of it. */
  async hint(deed: () => unknown): Promise<void> {
    const hinted = this.#hinted();
    deed();
    await hinted;
  }

  /** The subjects of what came, and whether their sources do. */
  async look({ hinted = true } = {}): Promise<string[]> {
    const found = await this.#transport.arrivals(this.#inbox, this.#position, { hinted });
    this.#position = found.position;
    const fetched = await this.#transport.fetch(found.messages);
    return fetched.map((answer) => ('source' in answer ? answer.ref.subject : `${answer.ref.subject} without source`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#controller.abort();
    await this.#ended;
  }
}

/** Delivers a message of which push tells nothing. */
async function deliverUnnamed(sandbox: EwsSandbox, subject: string): Promise<void> {
  sandbox.faults.losePushes = 1;
  sandbox.deliver(subject);
  // Events are sent, or lost, once the delivery is done.
  await setImmediate();
  sandbox.faults.losePushes = 0;
}

/** What is asked from now on. */
function operationsOf(sandbox: EwsSandbox): () => (string | undefined)[] {
  const sent = sandbox.requests.length;
  return () => sandbox.requests.slice(sent).map((soap) => /<m:(\w+)/.exec(soap)?.[1]);
}

test('a message that push names is read with its source at once, and nothing is listed', async () => {
  await using sandbox = await startEwsSandbox();
  sandbox.deliver('old');
  await using watched = await Watched.open(sandbox);
  for (const subject of ['one', 'two']) {
    const operations = operationsOf(sandbox);
    await watched.hint(() => sandbox.deliver(subject));
    expect(await watched.look()).toEqual([subject]);
    expect(operations()).toEqual(['GetItem']);
  }
});

test('several that push names come in their order', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  const operations = operationsOf(sandbox);
  await watched.hint(() => sandbox.deliver('one'));
  await watched.hint(() => sandbox.deliver('two'));
  expect(await watched.look()).toEqual(['one', 'two']);
  expect(operations()).toEqual(['GetItem']);
});

test('what push does not name is found with what it names after it', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  await deliverUnnamed(sandbox, 'kept to itself');
  await watched.hint(() => sandbox.deliver('named'));
  expect(await watched.look()).toEqual(['kept to itself', 'named']);
  await watched.hint(() => sandbox.deliver('next'));
  expect(await watched.look()).toEqual(['next']);
});

test('whoever wants all that is there gets what push did not name', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  await watched.hint(() => sandbox.deliver('named'));
  await deliverUnnamed(sandbox, 'kept to itself');
  expect(await watched.look({ hinted: false })).toEqual(['named', 'kept to itself']);
});

test('what was named, and found otherwise, does not come again', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  await watched.hint(() => sandbox.deliver('one'));
  expect(await watched.look({ hinted: false })).toEqual(['one']);
  expect(await watched.look()).toEqual([]);
  await watched.hint(() => sandbox.deliver('two'));
  expect(await watched.look()).toEqual(['two']);
});

test('where push names many, they are listed', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  const subjects = Array.from({ length: 12 }, (_, index) => `m${index}`);
  for (const subject of subjects) await watched.hint(() => sandbox.deliver(subject));
  expect(await watched.look()).toEqual(subjects);
});

test('a message that is gone before it is read holds up none that follow', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  const first = sandbox.deliver('first');
  await watched.hint(() => first.folder.remove(first));
  expect(await watched.look()).toEqual([]);
  await watched.hint(() => sandbox.deliver('second'));
  expect(await watched.look()).toEqual(['second']);
});

test('a message whose reading breaks off is listed', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  await watched.hint(() => sandbox.deliver('first'));
  const operations = operationsOf(sandbox);
  sandbox.faults.dropRequests = 1;
  expect(await watched.look()).toEqual(['first']);
  expect(operations().at(-1)).toBe('GetItem');
  expect(operations()).toContain('FindItem');
});

test('a large message that push names is listed without its source, and fetched when it is asked for', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  const operations = operationsOf(sandbox);
  await watched.hint(() => sandbox.deliver('large', { body: 'x'.repeat(1_000_000) }));
  expect(await watched.look()).toEqual(['large']);
  expect(operations()).toEqual(['GetItem', 'FindItem', 'GetItem', 'GetItem']);
});

test('where the server gives no article numbers with an item, what push names is listed', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  sandbox.revise = (answer) =>
    answer.includes('GetItemResponseMessage')
      ? answer.replaceAll(/<t:ExtendedProperty>.*?<\/t:ExtendedProperty>/gs, '')
      : answer;
  await watched.hint(() => sandbox.deliver('one'));
  expect(await watched.look()).toEqual(['one']);
});

test('a message that leaves the folder is none that enters it, and hides none that follows', async () => {
  await using sandbox = await startEwsSandbox();
  const archive = sandbox.store.account('qa@contoso.com').folder('archive');
  // Both folders count to the same number.
  archive.add({ source: Buffer.from('\r\n'), receivedAt: new Date() });
  const leaving = sandbox.deliver('leaving');
  await using watched = await Watched.open(sandbox);
  await watched.hint(() => leaving.folder.move(leaving, archive));
  expect(await watched.look()).toEqual([]);
  await watched.hint(() => sandbox.deliver('next'));
  expect(await watched.look()).toEqual(['next']);
});

for (const [title, value] of [
  ['an empty number', ''],
  ['0 for a number', '0'],
  ['a negative number', '-7'],
  ['a number without end', '1e999'],
  ['no number', 'x'],
] satisfies [string, string][]) {
  test(`where the server gives ${title} with an item, what push names is listed`, async () => {
    await using sandbox = await startEwsSandbox();
    await using watched = await Watched.open(sandbox);
    sandbox.revise = (answer) =>
      answer.includes('GetItemResponseMessage')
        ? answer.replaceAll(/(<t:ExtendedProperty>.*?<t:Value>).*?(<\/t:Value>)/gs, `$1${value}$2`)
        : answer;
    await watched.hint(() => sandbox.deliver('one'));
    expect(await watched.look()).toEqual(['one']);
  });
}

test('an item without its source is an arrival like another', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  sandbox.revise = (answer) => answer.replaceAll(/<t:MimeContent .*?<\/t:MimeContent>/gs, '');
  await watched.hint(() => sandbox.deliver('one'));
  expect(await watched.look()).toEqual(['one without source']);
});

test('a server that wants to be left alone is not asked another way at once', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  await watched.hint(() => sandbox.deliver('one'));
  const operations = operationsOf(sandbox);
  sandbox.faults.busy = { times: 1, backOffMilliseconds: 50 };
  await expect(watched.look()).rejects.toMatchObject({ transient: true, retryAfter: 50 });
  expect(operations()).toEqual(['GetItem']);
  expect(await watched.look()).toEqual(['one']);
});

test('what push names twice is read once', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  const one = sandbox.deliver('one');
  await watched.hint(() => {});
  expect(await watched.look()).toEqual(['one']);
  const operations = operationsOf(sandbox);
  await watched.hint(() => sandbox.store.events.emit('arrived', one, { by: 'delivery' }));
  expect(await watched.look()).toEqual([]);
  expect(operations()).toEqual(['FindItem']);
});

test('an item that is somewhere else by the time it is read is no arrival by its number there', async () => {
  await using sandbox = await startEwsSandbox();
  await using watched = await Watched.open(sandbox);
  await watched.hint(() => sandbox.deliver('one'));
  const operations = operationsOf(sandbox);
  sandbox.revise = (answer) => answer.replaceAll(/<t:ParentFolderId [^>]*>/g, '<t:ParentFolderId Id="elsewhere"/>');
  expect(await watched.look()).toEqual(['one']);
  expect(operations()).toContain('FindItem');
});

test('a message that is moved out and back at once comes once, where it is now', async () => {
  await using sandbox = await startEwsSandbox();
  const archive = sandbox.store.account('qa@contoso.com').folder('archive');
  await using watched = await Watched.open(sandbox);
  await watched.hint(() => {
    const there = sandbox.deliver('restless');
    archive.move(there.folder.move(there, archive), there.folder);
  });
  expect(await watched.look()).toEqual(['restless']);
  await watched.hint(() => sandbox.deliver('next'));
  expect(await watched.look()).toEqual(['next']);
});
