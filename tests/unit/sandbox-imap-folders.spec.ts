import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { signInImap } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

const source = Buffer.from('Subject: x\r\n\r\n');

test('lists folders with what they are for and whether they have folders in them', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const account = sandbox.store.account(user);
  account.createFolder('Sub', account.folder('inbox'));
  await using client = await signInImap(sandbox);
  expect(await client.ok('LIST "" *')).toEqual([
    '* LIST (\\HasChildren) "/" "INBOX"',
    '* LIST (\\HasNoChildren \\Sent) "/" "Sent Items"',
    '* LIST (\\HasNoChildren \\Drafts) "/" "Drafts"',
    '* LIST (\\HasNoChildren \\Trash) "/" "Deleted Items"',
    '* LIST (\\HasNoChildren \\Junk) "/" "Junk Email"',
    '* LIST (\\HasNoChildren \\Archive) "/" "Archive"',
    '* LIST (\\HasNoChildren) "/" "INBOX/Sub"',
  ]);
});

const patterns = [
  { list: '"" %', paths: ['INBOX', 'Sent Items', 'Drafts', 'Deleted Items', 'Junk Email', 'Archive', 'A.b'] },
  { list: '"" "*/*"', paths: ['INBOX/Sub', 'INBOX/Sub/Deep'] },
  { list: '"" inbox', paths: ['INBOX'] },
  { list: '"" Inbox/%', paths: ['INBOX/Sub'] },
  { list: '"INBOX/" Sub*', paths: ['INBOX/Sub', 'INBOX/Sub/Deep'] },
  { list: '"" "Dr%"', paths: ['Drafts'] },
  { list: '"" A?b', paths: [] },
  { list: '"" A.b', paths: ['A.b'] },
  { list: '"" Axb', paths: [] },
  { list: '"" (Drafts A.*)', paths: ['Drafts', 'A.b'] },
  { list: '() "" Drafts', paths: ['Drafts'] },
  { list: '(SPECIAL-USE) "" "*"', paths: ['Sent Items', 'Drafts', 'Deleted Items', 'Junk Email', 'Archive'] },
  { list: '"" "D%" RETURN (SPECIAL-USE CHILDREN)', paths: ['Drafts', 'Deleted Items'] },
];
for (const { list, paths } of patterns) {
  test(`LIST ${list} finds ${paths.join(', ') || 'nothing'}`, async () => {
    await using sandbox = await startSandbox({ mailServer: 'generic' });
    const account = sandbox.store.account(user);
    account.createFolder('Deep', account.createFolder('Sub', account.folder('inbox')));
    account.createFolder('A.b');
    await using client = await signInImap(sandbox);
    const listed = (await client.ok(`LIST ${list}`)).map((answer) => /"\/" "(.*)"$/.exec(answer)?.[1]);
    expect(new Set(listed)).toEqual(new Set(paths));
  });
}

test('LIST "" "" tells the delimiter', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  await using client = await signInImap(sandbox);
  expect(await client.ok('LIST "" ""')).toEqual(['* LIST (\\Noselect) "/" ""']);
});

test('CREATE makes what is missing above, and a name can be used again', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const account = sandbox.store.account(user);
  await using client = await signInImap(sandbox);
  await client.ok('CREATE Projects/Alpha/');
  const alpha = account.folders.find(({ name }) => name === 'Alpha');
  expect(alpha?.parent?.name).toBe('Projects');
  expect(alpha?.parent?.parent).toBe(account.root);
  expect((await client.command('CREATE Projects/Alpha')).at(-1)).toMatch(/^NO \[ALREADYEXISTS\]/);
  expect((await client.command('CREATE inbox')).at(-1)).toMatch(/^NO \[ALREADYEXISTS\]/);
  expect((await client.command('CREATE ""')).at(-1)).toMatch(/^NO \[CANNOT\]/);

  await client.ok('DELETE Projects/Alpha');
  await client.ok('CREATE Projects/Alpha');
  const again = account.folders.find(({ name }) => name === 'Alpha');
  expect(again!.uidValidity).toBeGreaterThan(alpha!.uidValidity);
});

test('DELETE removes a folder, but not one of the standard ones or one with folders in it', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  await using client = await signInImap(sandbox);
  await client.ok('CREATE A/B');
  expect((await client.command('DELETE A')).at(-1)).toMatch(/^NO \[HASCHILDREN\]/);
  expect((await client.command('DELETE INBOX')).at(-1)).toMatch(/^NO \[CANNOT\]/);
  await client.ok('DELETE A/B');
  await client.ok('DELETE A');
  expect((await client.command('DELETE A')).at(-1)).toMatch(/^NO \[NONEXISTENT\]/);
  expect(await client.ok('LIST "" A')).toEqual([]);
});

test('a folder that is deleted is empty to who has it selected', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const account = sandbox.store.account(user);
  const folder = account.createFolder('A');
  folder.add({ source });
  await using looking = await signInImap(sandbox, 'A');
  await using deleting = await signInImap(sandbox);
  await deleting.ok('DELETE A');
  expect(await looking.ok('NOOP')).toEqual(['* 1 EXPUNGE']);
});

test('RENAME takes the folders inside along, and the mail of the inbox', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const account = sandbox.store.account(user);
  account.folder('inbox').add({ source });
  await using client = await signInImap(sandbox);
  await client.ok('CREATE A/B');
  await client.ok('RENAME A C/D');
  expect((await client.ok('LIST "" C*')).map((answer) => answer.split(' ').at(-1))).toEqual([
    '"C/D"',
    '"C/D/B"',
    '"C"',
  ]);
  await client.ok('RENAME INBOX Old');
  expect(await client.ok('STATUS Old (MESSAGES)')).toEqual(['* STATUS "Old" (MESSAGES 1)']);
  expect(await client.ok('STATUS INBOX (MESSAGES)')).toEqual(['* STATUS "INBOX" (MESSAGES 0)']);
  for (const wrong of ['Drafts X', 'C/D C/D/B/E', 'Nowhere X', 'Old C']) {
    expect((await client.command(`RENAME ${wrong}`)).at(-1)).toMatch(/^NO /);
  }
});

test('LSUB shows what is subscribed, at first everything', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  await using client = await signInImap(sandbox);
  expect(await client.ok('LSUB "" D*')).toHaveLength(2);
  await client.ok('UNSUBSCRIBE Drafts');
  expect(await client.ok('LSUB "" D*')).toEqual(['* LSUB (\\HasNoChildren \\Trash) "/" "Deleted Items"']);
  expect(await client.ok('LIST (SUBSCRIBED) "" D*')).toHaveLength(1);
  await client.ok('SUBSCRIBE Drafts');
  expect(await client.ok('LSUB "" D*')).toHaveLength(2);
});

const names = ['Entwürfe & Ähnliches', '台北', 'a"b\\c', '😀', '&', 'x&-y', '%*'];
for (const name of names) {
  test(`a folder may be called ${name}`, async () => {
    await using sandbox = await startSandbox({ mailServer: 'generic' });
    sandbox.store.account(user).createFolder(name).add({ source });
    await using client = await signInImap(sandbox);
    const [listed = ''] = (await client.ok('LIST "" *')).slice(6);
    const wire = /"\/" (".*")$/.exec(listed)?.[1] ?? '';
    expect(wire).toMatch(/^[\x20-\x7e]+$/);
    expect(await client.ok(`SELECT ${wire}`)).toContain('* 1 EXISTS');
    await client.ok(`DELETE ${wire}`);
    await client.ok(`CREATE ${wire}`);
    expect(sandbox.store.account(user).folders.at(-1)?.name).toBe(name);
  });
}
