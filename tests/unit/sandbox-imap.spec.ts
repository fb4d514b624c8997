import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { connectImap, connectImapTls, ImapClient, signInImap } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

const source = Buffer.from('From: a@contoso.com\r\nSubject: Hello\r\n\r\nA text\r\n');

test('speaks as Exchange Online: greeting, capabilities before and after signing in, folder attributes, flags', async () => {
  await using sandbox = await startSandbox();
  await using client = new ImapClient(connect(sandbox.imap.port, sandbox.imap.host));
  expect(await client.next()).toMatch(/^\* OK The Microsoft Exchange IMAP4 service is ready\. \[[A-Za-z0-9+/=]+\]$/);
  const [first, rest] = ['IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR', 'CHILDREN IDLE NAMESPACE LITERAL+'];
  expect(await client.ok('CAPABILITY')).toEqual([`* CAPABILITY ${first} STARTTLS UIDPLUS ID UNSELECT ${rest}`]);
  await client.startTls(sandbox.ca);
  expect(await client.ok('CAPABILITY')).toEqual([`* CAPABILITY ${first} UIDPLUS ID UNSELECT ${rest}`]);
  expect((await client.command('AUTHENTICATE OAUTHBEARER')).at(-1)).toMatch(/^NO /);
  await client.ok(`LOGIN ${user} secret`);
  const own = 'CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE';
  expect(await client.ok('CAPABILITY')).toEqual([`* CAPABILITY ${first} UIDPLUS MOVE ID UNSELECT ${own} ${rest}`]);
  await sandbox.deliver({ to: user, subject: 'New' });
  expect(await client.ok('LIST "" "*"')).toEqual([
    '* LIST (\\HasNoChildren) "/" Archive',
    '* LIST (\\HasNoChildren \\Trash) "/" "Deleted Items"',
    '* LIST (\\HasNoChildren \\Drafts) "/" Drafts',
    '* LIST (\\Marked \\HasNoChildren) "/" INBOX',
    '* LIST (\\HasNoChildren \\Junk) "/" "Junk Email"',
    '* LIST (\\HasNoChildren \\Sent) "/" "Sent Items"',
  ]);
  expect((await client.command('LIST "" "*" RETURN (SPECIAL-USE)')).at(-1)).toMatch(/^BAD /);
  const flags = '(\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)';
  expect(await client.ok('SELECT INBOX')).toEqual(
    expect.arrayContaining([`* FLAGS ${flags}`, `* OK [PERMANENTFLAGS ${flags}] Permanent flags`]),
  );
  expect(await client.ok('STORE 1 +FLAGS (\\Flagged $Mine)')).toEqual(['* 1 FETCH (FLAGS (\\Flagged \\Recent))']);
  expect(await client.ok('LOGOUT')).toEqual(['* BYE Microsoft Exchange Server IMAP4 server signing off.']);
});

test("speaks as another server on wish: mailServer: 'generic'", async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  await using client = await connectImapTls(sandbox);
  expect((await client.ok('CAPABILITY'))[0]).toMatch(
    /^\* CAPABILITY IMAP4rev1 .*AUTH=OAUTHBEARER .*MOVE .*SPECIAL-USE$/,
  );
  await client.ok(`LOGIN ${user} secret`);
  expect(await client.ok('LIST "" "Archive"')).toEqual(['* LIST (\\HasNoChildren \\Archive) "/" "Archive"']);
  expect((await client.ok('SELECT INBOX')).join('\n')).toContain(
    'PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft \\*)',
  );
});

test('TLS from the start, by a certificate that its own authority signed', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImapTls(sandbox);
  await client.ok(`LOGIN ${user} secret`);
  const published = await fetch(`${sandbox.url}/sandbox/ca.pem`);
  expect(await published.text()).toBe(sandbox.ca);
});

test('STARTTLS takes nothing that was sent in the clear along', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  client.send('a STARTTLS\r\nb CAPABILITY\r\n');
  expect(await client.next()).toBe('a OK STARTTLS completed.');
  expect(await client.next()).toBeUndefined();
});

test('mail that comes by SMTP or EWS is in the folder, and what is done to it is seen there', async () => {
  await using sandbox = await startSandbox();
  const inbox = sandbox.store.account(user).folder('inbox');
  await sandbox.deliver({ to: user, subject: 'One' });
  await using client = await signInImap(sandbox, 'INBOX');
  expect(await client.ok('FETCH 1 (BODY.PEEK[HEADER.FIELDS (SUBJECT)])')).toEqual([
    '* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {16}\r\nSubject: One\r\n\r\n)',
  ]);
  await client.ok('STORE 1 +FLAGS (\\Seen)');
  expect(inbox.messages[0]?.flags).toContain('\\Seen');
});

test('a keyword stays among the flags of its folder, whichever messages have it now', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const inbox = sandbox.store.account(user).folder('inbox');
  const first = inbox.add({ source, flags: ['$First'] });
  inbox.setFlag(inbox.add({ source }), '$Second', true);
  inbox.remove(first);
  await using client = await signInImap(sandbox);
  const examined = await client.command('EXAMINE inbox');
  expect(examined).toContain('* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $First $Second)');
});

test('SELECT says what is in the folder, EXAMINE that nothing can be changed', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  const inbox = sandbox.store.account(user).folder('inbox');
  inbox.add({ source, flags: ['\\Seen', '$Label'] });
  inbox.add({ source });
  await using client = await signInImap(sandbox);
  const description = [
    '* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $Label)',
    '* OK [UNSEEN 2] Is the first unseen message',
    `* OK [UIDVALIDITY ${inbox.uidValidity}] UIDVALIDITY value`,
    '* OK [UIDNEXT 3] The next unique identifier value',
  ];
  const examined = await client.command('EXAMINE inbox');
  expect(examined).toEqual(expect.arrayContaining([...description, '* 2 EXISTS', '* 2 RECENT']));
  expect(examined).toContain('* OK [PERMANENTFLAGS ()] Permanent flags');
  expect(examined.at(-1)).toBe('OK [READ-ONLY] EXAMINE completed.');
  for (const command of ['STORE 1 FLAGS ()', 'EXPUNGE', 'MOVE 1 Drafts', 'UID EXPUNGE 1']) {
    expect((await client.command(command)).at(-1)).toMatch(/^NO \[READ-ONLY\]/);
  }
  await client.ok('FETCH 2 BODY[]');
  expect(inbox.messages[1]?.flags).not.toContain('\\Seen');

  const selected = await client.command('SELECT INBOX');
  expect(selected).toEqual(expect.arrayContaining([...description, '* 2 RECENT']));
  expect(selected).toContain(
    '* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft \\*)] Permanent flags',
  );
  expect(selected.at(-1)).toBe('OK [READ-WRITE] SELECT completed.');
  expect(await client.ok('SELECT INBOX')).toContain('* 0 RECENT');
});

test('a SELECT that fails leaves nothing selected', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox, 'INBOX');
  expect((await client.command('SELECT Nowhere')).at(-1)).toMatch(/^NO \[NONEXISTENT\]/);
  expect((await client.command('FETCH 1 FLAGS')).at(-1)).toMatch(/^BAD /);
});

test('STATUS counts without selecting', async () => {
  await using sandbox = await startSandbox();
  const drafts = sandbox.store.account(user).folder('drafts');
  drafts.add({ source, flags: ['\\Seen'] });
  drafts.add({ source });
  await using client = await signInImap(sandbox);
  expect(await client.ok('STATUS Drafts (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)')).toEqual([
    `* STATUS "Drafts" (MESSAGES 2 RECENT 2 UIDNEXT 3 UIDVALIDITY ${drafts.uidValidity} UNSEEN 1)`,
  ]);
});

test('APPEND keeps flags and date and tells the uid', async () => {
  await using sandbox = await startSandbox();
  const drafts = sandbox.store.account(user).folder('drafts');
  await using client = await signInImap(sandbox);
  const date = '"17-Jul-1996 02:44:25 -0700"';
  const [answer] = await client.command(
    `APPEND Drafts (\\seen $Label) ${date} {${source.length}+}\r\n${source.toString()}`,
  );
  expect(answer).toBe(`OK [APPENDUID ${drafts.uidValidity} 1] APPEND completed.`);
  const [message] = drafts.messages;
  expect(message?.source).toEqual(source);
  expect([...message!.flags]).toEqual(['\\Seen', '$Label']);
  expect(message?.receivedAt.toISOString()).toBe('1996-07-17T09:44:25.000Z');
  await client.ok('EXAMINE Drafts');
  expect(await client.ok('FETCH 1 INTERNALDATE')).toEqual(['* 1 FETCH (INTERNALDATE "17-Jul-1996 09:44:25 +0000")']);
  expect((await client.command('APPEND Nowhere {1+}\r\nx')).at(-1)).toMatch(/^NO \[TRYCREATE\]/);
});

test('a literal is asked for before it is sent', async () => {
  await using sandbox = await startSandbox();
  await using client = await signInImap(sandbox);
  client.send('a APPEND {6}\r\n');
  expect(await client.next()).toMatch(/^\+ /);
  client.send('Drafts {1}\r\n');
  expect(await client.next()).toMatch(/^\+ /);
  client.send('x\r\n');
  expect(await client.next()).toMatch(/^a OK \[APPENDUID \d+ 1\]/);
});

test('COPY and MOVE tell the new uids, and MOVE takes the messages away', async () => {
  await using sandbox = await startSandbox();
  const account = sandbox.store.account(user);
  for (let count = 0; count < 4; count++) account.folder('inbox').add({ source, flags: ['\\Flagged'] });
  await using client = await signInImap(sandbox, 'INBOX');
  const { uidValidity } = account.folder('drafts');
  expect(await client.command('COPY 1:2,4 Drafts')).toEqual([`OK [COPYUID ${uidValidity} 1:2,4 1:3] COPY completed.`]);
  expect(await client.command('UID MOVE 2,3 Drafts')).toEqual([
    `* OK [COPYUID ${uidValidity} 2:3 4:5]`,
    '* 3 EXPUNGE',
    '* 2 EXPUNGE',
    'OK MOVE completed.',
  ]);
  expect(account.folder('inbox').messages.map(({ uid }) => uid)).toEqual([1, 4]);
  const copied = account.folder('drafts').messages.map(({ flags }) => [...flags].join());
  expect(copied).toEqual(Array(5).fill('\\Flagged'));
  expect((await client.command('COPY 1 Nowhere')).at(-1)).toMatch(/^NO \[TRYCREATE\]/);
  expect((await client.command('COPY 3 Drafts')).at(-1)).toMatch(/^BAD /);
  expect(await client.command('UID COPY 77 Drafts')).toEqual(['OK COPY completed.']);
});

test('EXPUNGE removes what is marked, UID EXPUNGE of that only what is named, CLOSE in silence', async () => {
  await using sandbox = await startSandbox();
  const inbox = sandbox.store.account(user).folder('inbox');
  for (let count = 0; count < 5; count++) inbox.add({ source });
  await using client = await signInImap(sandbox, 'INBOX');
  expect(await client.ok('STORE 1:3 +FLAGS.SILENT \\deleted')).toEqual([]);
  expect(await client.ok('UID EXPUNGE 2:5')).toEqual(['* 3 EXPUNGE', '* 2 EXPUNGE']);
  expect(await client.ok('EXPUNGE')).toEqual(['* 1 EXPUNGE']);
  await client.ok('STORE 1 +FLAGS.SILENT (\\Deleted)');
  expect(await client.ok('CLOSE')).toEqual([]);
  expect(inbox.messages.map(({ uid }) => uid)).toEqual([5]);
  await client.ok('SELECT INBOX');
  await client.ok('STORE 1 +FLAGS.SILENT (\\Deleted)');
  expect(await client.ok('UNSELECT')).toEqual([]);
  expect(inbox.messages.map(({ uid }) => uid)).toEqual([5]);
});

test('STORE adds, takes away and replaces flags, and tells the result', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  sandbox.store.account(user).folder('inbox').add({ source });
  await using client = await signInImap(sandbox, 'INBOX');
  expect(await client.ok('STORE 1 FLAGS (\\SEEN $One)')).toEqual(['* 1 FETCH (FLAGS (\\Seen $One \\Recent))']);
  expect(await client.ok('UID STORE 1 +FLAGS ($two $ONE)')).toEqual([
    '* 1 FETCH (UID 1 FLAGS (\\Seen $One $two \\Recent))',
  ]);
  expect(await client.ok('STORE 1 -FLAGS \\Seen $ONE')).toEqual(['* 1 FETCH (FLAGS ($two \\Recent))']);
  expect(await client.ok('STORE 1 FLAGS.SILENT ()')).toEqual([]);
  expect(await client.ok('FETCH 1 FLAGS')).toEqual(['* 1 FETCH (FLAGS (\\Recent))']);
  for (const wrong of ['\\Recent', '\\Unknown']) {
    expect((await client.command(`STORE 1 +FLAGS (${wrong})`)).at(-1)).toMatch(/^BAD /);
  }
});

test('commands are refused where they have no place', async () => {
  await using sandbox = await startSandbox();
  await using client = await connectImap(sandbox);
  const refused = async (command: string) => expect((await client.command(command)).at(-1)).toMatch(/^BAD /);
  for (const command of ['SELECT INBOX', 'LIST "" *', 'IDLE', 'FETCH 1 FLAGS']) await refused(command);
  await client.ok(`LOGIN ${user} secret`);
  for (const command of [`LOGIN ${user} secret`, 'STARTTLS', 'FETCH 1 FLAGS', 'CLOSE', 'CHECK']) await refused(command);
});

test('says goodbye on LOGOUT, and when the sandbox stops', async () => {
  const sandbox = await startSandbox();
  await using leaving = await connectImap(sandbox);
  expect(await leaving.command('LOGOUT')).toEqual([expect.stringMatching(/^\* BYE /), 'OK LOGOUT completed.']);
  expect(await leaving.next()).toBeUndefined();
  await using plain = await signInImap(sandbox, 'INBOX');
  await using encrypted = await connectImapTls(sandbox);
  await sandbox.close();
  for (const client of [plain, encrypted]) {
    expect(await client.next()).toMatch(/^\* BYE /);
    expect(await client.next()).toBeUndefined();
  }
});

test('identifies itself and shows one namespace', async () => {
  await using sandbox = await startSandbox({ mailServer: 'generic' });
  await using client = await signInImap(sandbox);
  expect(await client.ok('ID ("name" "test" "version" NIL)')).toEqual(['* ID ("name" "playwright-exchange sandbox")']);
  expect(await client.ok('ID NIL')).toHaveLength(1);
  expect(await client.ok('NAMESPACE')).toEqual(['* NAMESPACE (("" "/")) NIL NIL']);
});
