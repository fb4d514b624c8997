import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { createTransport } from 'nodemailer';
import { DataFolder } from '../../src/sandbox/data/data-folder.js';
import { Database } from '../../src/sandbox/data/database.js';
import { sandboxServer, startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { MailStore } from '../../src/sandbox/store/store.js';
import { askForTokens, user } from './sandbox-sign-in.js';

function dataFolder(): string {
  return test.info().outputPath('data');
}

/** All that clients may hold on to. */
function stateOf({ store }: Sandbox) {
  const account = store.account(user);
  return [...account.folders, ...account.otherFolders].map((folder) => ({
    id: folder.id,
    name: folder.name,
    parent: folder.parent?.id,
    role: folder.role,
    otherId: folder.otherId,
    folderClass: folder.folderClass,
    isMail: folder.isMail,
    isSubscribed: folder.isSubscribed,
    keywords: [...folder.keywords],
    uidValidity: folder.uidValidity,
    uidNext: folder.uidNext,
    position: folder.changes.position,
    changes: folder.changes.since(0),
    messages: folder.messages.map((message) => ({
      id: message.id,
      immutableId: message.immutableId,
      uid: message.uid,
      revision: message.revision,
      modifiedAt: message.modifiedAt,
      receivedAt: message.receivedAt,
      recipient: message.recipient,
      flags: [...message.flags],
      properties: [...message.properties],
      searchKey: message.searchKey,
      source: message.source.toString('latin1'),
    })),
  }));
}

test('all that clients hold on to is the same after a restart', async () => {
  const options = { data: dataFolder() };
  const first = await startSandbox(options);
  const account = first.store.account(user);
  const [inbox, archive] = [account.folder('inbox'), account.folder('archive')];
  const calendar = account.otherFolder('calendar')!;
  for (const subject of ['One', 'Two', 'Three', 'Four'])
    await first.deliver({ to: 'qa+tag@contoso.com', subject, text: 'Grüße' });
  const [one, two, three, four] = [...inbox.messages];
  inbox.setFlag(one!, '\\Seen', true);
  inbox.setFlag(one!, '$Label', true);
  inbox.setProperty(one!, 'item:Categories', ['Red', 'Blue']);
  inbox.remove(four!);
  inbox.copy(inbox.move(two!, archive), archive);
  inbox.replace(three!, Buffer.from('Subject: Edited\r\n\r\n\xff', 'latin1'));
  const projects = account.createFolder('Projects');
  const below = account.createFolder('2026', projects);
  const gone = account.createFolder('Gone');
  below.add({ source: Buffer.from('Subject: Below\r\n\r\n') });
  // A folder that lies in one which was made after it.
  projects.rename('Renamed', account.createFolder('Top'));
  projects.isSubscribed = false;
  account.removeFolder(gone);
  account.createOtherFolder('Team', calendar, 'IPF.Appointment');
  calendar.add({ source: Buffer.from('Subject: Meeting\r\n\r\n'), properties: [['calendar:Start', 'x']] });
  archive.renumber();
  account.settings.set('masterCategories', [{ displayName: 'Red' }]);
  const before = stateOf(first);
  const epoch = first.store.id;
  await first.close();

  await using second = await startSandbox(options);
  const order = (state: typeof before) => state.toSorted((a, b) => a.id.localeCompare(b.id));
  expect(order(stateOf(second))).toEqual(order(before));
  expect(second.store.id).toBe(epoch);
  expect([...second.store.account(user).settings]).toEqual([['masterCategories', [{ displayName: 'Red' }]]]);
  expect((await second.messages()).map(({ subject }) => subject)).toContain('Edited');
  await second.deliver({ to: user, subject: 'Five', text: 'x' });
  expect(second.store.account(user).folder('inbox').messages.at(-1)?.uid).toBe(5);
});

test('what was written after a restart is there after the next', async () => {
  const options = { data: dataFolder() };
  for (const subject of ['One', 'Two', 'Three']) {
    await using sandbox = await startSandbox(options);
    await sandbox.deliver({ to: user, subject, text: 'x' });
  }
  await using sandbox = await startSandbox(options);
  const inbox = sandbox.store.account(user).folder('inbox');
  expect(inbox.messages.map(({ uid }) => uid)).toEqual([1, 2, 3]);
  expect(inbox.changes.since(1)?.map(({ change }) => change.id)).toEqual(inbox.messages.slice(1).map(({ id }) => id));
});

test('the mails of a seed are put into a new folder alone', async () => {
  const seed = test.info().outputPath('seed');
  mkdirSync(seed);
  writeFileSync(join(seed, 'a.eml'), `To: ${user}\n\nHi.\n`);
  const options = { data: dataFolder(), seed };
  for (const _ of [1, 2]) {
    await using sandbox = await startSandbox(options);
    expect(await sandbox.messages()).toHaveLength(1);
  }
});

test('a second sandbox on the same folder is refused, and the first goes on', async () => {
  const options = { data: dataFolder() };
  await using first = await startSandbox(options);
  await expect(startSandbox(options)).rejects.toThrow(
    `The sandbox cannot keep its mailboxes in ${options.data}: another sandbox uses it (process ${process.pid}).\n` +
      '  - Stop that one, or give this one a folder of its own.',
  );
  await first.deliver({ to: user, subject: 'Hi', text: 'x' });
  await first.close();
  await using second = await startSandbox(options);
  expect(await second.messages()).toHaveLength(1);
});

test('what clients asked EWS and Graph for last goes on where it was', async () => {
  const options = { data: dataFolder() };
  const first = await startSandbox(options);
  await first.deliver({ to: user, subject: 'One', text: 'x' });
  const begun = { ews: await syncItems(first), graph: await delta(first) };
  expect([begun.ews.created, begun.graph.subjects]).toEqual([1, ['One']]);
  await first.close();

  await using second = await startSandbox(options);
  await second.deliver({ to: user, subject: 'Two', text: 'x' });
  expect((await syncItems(second, begun.ews.state)).created).toBe(1);
  const path = begun.graph.link.slice(begun.graph.link.indexOf('/v1.0'));
  expect((await delta(second, path)).subjects).toEqual(['Two']);
});

async function syncItems({ url }: Sandbox, state = ''): Promise<{ state: string; created: number }> {
  const response = await fetch(`${url}/EWS/Exchange.asmx`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${user}:secret`)}` },
    body:
      '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>' +
      '<m:SyncFolderItems xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">' +
      '<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>' +
      '<m:SyncFolderId><t:DistinguishedFolderId Id="inbox"/></m:SyncFolderId>' +
      `<m:SyncState>${state}</m:SyncState><m:MaxChangesReturned>100</m:MaxChangesReturned></m:SyncFolderItems></Body></Envelope>`,
  });
  const answer = await response.text();
  const next = /SyncState>([^<]+)</.exec(answer)?.[1] ?? '';
  return { state: next, created: answer.match(/<t:Create>/g)?.length ?? 0 };
}

async function delta(
  sandbox: Sandbox,
  path = `/v1.0/users/${user}/mailFolders/inbox/messages/delta?$select=subject`,
): Promise<{ link: string; subjects: unknown[] }> {
  const grant = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' };
  const { body } = await askForTokens(sandbox, grant);
  const headers = { Authorization: `Bearer ${String(body['access_token'])}` };
  const answer = (await (await fetch(`${sandbox.url}${path}`, { headers })).json()) as Record<string, unknown>;
  const value = answer['value'] as { subject: unknown }[];
  return { link: String(answer['@odata.deltaLink']), subjects: value.map(({ subject }) => subject) };
}

test('what a full disk does not take is not accepted, and says so', async () => {
  const path = dataFolder();
  const data = await openSmall(path);
  const store = new MailStore(undefined, data.kept);
  data.keep(store);
  const inbox = store.account(user).folder('inbox');
  inbox.add({ source: Buffer.from('Subject: One\r\n\r\n') });
  expect(() => inbox.add({ source: Buffer.alloc(1_000_000) })).toThrow(
    `4.3.1 The sandbox can't keep this in ${path}: database or disk is full`,
  );
  expect(inbox.messages).toHaveLength(1);
  inbox.add({ source: Buffer.from('Subject: Small\r\n\r\n') });
  data.close();
  const again = await DataFolder.open(path);
  const [kept] = new MailStore(undefined, again.kept).accounts;
  expect(kept?.folder('inbox').messages.map(({ source }) => String(source).trim())).toEqual([
    'Subject: One',
    'Subject: Small',
  ]);
  again.close();
});

/** A data folder on a disk of a few hundred kilobytes. */
async function openSmall(path: string): Promise<DataFolder> {
  const { open } = Database;
  Database.open = async (file) => {
    const database = await open.call(Database, file);
    database.all('PRAGMA max_page_count = 100');
    return database;
  };
  try {
    return await DataFolder.open(path);
  } finally {
    Database.open = open;
  }
}

test('a sandbox that is killed loses nothing that it accepted, and leaves nothing in the way', async () => {
  test.slow();
  const data = dataFolder();
  const accepted: string[] = [];
  for (const round of [1, 2]) {
    const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
    const child = spawn(process.execPath, [main, 'sandbox', '--data', data], { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      output += String(chunk);
      if (sandboxServer().wait.stdout.test(output)) break;
    }
    const smtp = /SANDBOX_SMTP=(\S+)/.exec(output)?.[1];
    await Promise.all(
      [1, 2, 3, 4].map(async (sender) => {
        const transport = createTransport(`smtp://${smtp}`);
        for (let number = 1; ; number++) {
          const subject = `${round} ${sender} ${number}`;
          const sent = transport.sendMail({ from: 'app@contoso.com', to: user, subject, text: 'x'.repeat(5000) });
          if (
            !(await sent.then(
              () => true,
              () => false,
            ))
          )
            return;
          accepted.push(subject);
          if (accepted.length === round * 15) child.kill('SIGKILL');
        }
      }),
    );
    if (child.signalCode === null) await once(child, 'exit');
  }
  await using sandbox = await startSandbox({ data });
  const kept = (await sandbox.messages()).map(({ subject }) => subject);
  expect(accepted.length).toBeGreaterThanOrEqual(30);
  expect(kept).toEqual(expect.arrayContaining(accepted));
});
