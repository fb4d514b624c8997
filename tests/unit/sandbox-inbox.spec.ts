import { expect, test } from '@playwright/test';
import { connectSandbox, startSandbox, type Sandbox } from '../../src/sandbox/index.js';

let sandbox: Sandbox;
test.beforeEach(async () => {
  sandbox = await startSandbox();
});
test.afterEach(() => sandbox.close());

const logo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function get(path: string): Promise<Response> {
  return fetch(`${sandbox.url}/sandbox/${path}`);
}

async function onlyId(): Promise<string> {
  const [message] = await sandbox.messages();
  return message?.id ?? '';
}

test.describe('what came is told to programs', () => {
  test('to whom, from whom, when, and where it lies', async () => {
    await sandbox.deliver({
      to: 'Qa <qa+k3x@contoso.com>',
      cc: 'ann@contoso.com',
      from: 'App <app@contoso.com>',
      subject: 'Your code',
      text: '839201',
    });
    for (const messages of [await sandbox.messages(), await connectSandbox(sandbox.url).messages()]) {
      expect(messages).toHaveLength(2);
      expect(messages[1]).toEqual({
        id: expect.stringMatching(/^[\w-]{24}$/),
        url: `${sandbox.url}/#/messages/${messages[1]?.id}`,
        mailbox: 'qa@contoso.com',
        folder: 'Inbox',
        recipient: 'qa+k3x@contoso.com',
        from: { name: 'App', address: 'app@contoso.com' },
        to: [{ name: 'Qa', address: 'qa+k3x@contoso.com' }],
        cc: [{ name: '', address: 'ann@contoso.com' }],
        subject: 'Your code',
        receivedAt: expect.any(Date),
        size: expect.any(Number),
        isRead: false,
      });
    }
  });

  test('of a mailbox, or of the very address that it was delivered for', async () => {
    await sandbox.deliver({ to: ['qa+one@contoso.com'], subject: 'one' });
    await sandbox.deliver({ to: ['qa+two@contoso.com'], subject: 'two' });
    await sandbox.deliver({ to: ['ann@contoso.com'], bcc: 'qa@contoso.com', subject: 'three' });
    const subjects = async (address: string) => (await sandbox.messages(address)).map(({ subject }) => subject);
    expect(await subjects('QA@contoso.com')).toEqual(['three', 'two', 'one']);
    expect(await subjects('qa+Two@contoso.com')).toEqual(['two']);
    expect(await subjects('nobody@contoso.com')).toEqual([]);
  });

  test('in the order in which it came, however old it says it is', async () => {
    await sandbox.deliver({ to: 'qa@contoso.com', subject: 'new' });
    await sandbox.deliver({ to: 'qa@contoso.com', subject: 'old', receivedAt: new Date('2020-01-01') });
    expect((await sandbox.messages()).map(({ subject }) => subject)).toEqual(['old', 'new']);
  });

  test('a message that is moved is the same at its place, one that is deleted is gone', async () => {
    await sandbox.deliver({ to: 'qa@contoso.com', subject: 'moved' });
    await sandbox.deliver({ to: 'qa@contoso.com', subject: 'deleted' });
    const [, before] = await sandbox.messages();
    const account = sandbox.store.account('qa@contoso.com');
    const [moved, deleted] = [...account.folder('inbox').messages];
    account.folder('inbox').move(moved!, account.folder('junkemail'));
    account.folder('inbox').remove(deleted!);
    expect(await sandbox.messages()).toEqual([{ ...before, folder: 'Junk Email' }]);
  });

  test('a copy that somebody has in Sent Items was delivered for nobody', async () => {
    sandbox.store
      .account('qa@contoso.com')
      .folder('sentitems')
      .add({ source: Buffer.from('Subject: x\r\n\r\n') });
    const [message] = await connectSandbox(sandbox.url).messages();
    expect(message).toMatchObject({ folder: 'Sent Items', to: [] });
    expect([message?.recipient, message?.from]).toEqual([undefined, undefined]);
  });
});

test('another process delivers all that a mail can have', async () => {
  await connectSandbox(sandbox.url).deliver({
    to: ['qa@contoso.com'],
    cc: 'Ann <ann@contoso.com>',
    bcc: 'ben@contoso.com',
    subject: 'All',
    html: '<img src="cid:logo">',
    headers: { 'X-Order': '42' },
    attachments: [
      { filename: 'logo.png', content: logo, contentId: 'logo' },
      { filename: 'note.txt', content: 'Grüße' },
      { filename: 'hex.bin', content: 'AAEC', encoding: 'base64' },
    ],
  });
  const accounts = ['qa', 'ann', 'ben'].map((name) => sandbox.store.account(`${name}@contoso.com`));
  expect(accounts.map((account) => account.folder('inbox').messages.length)).toEqual([1, 1, 1]);
  const mail = await accounts[0]!.folder('inbox').messages[0]!.parsed();
  expect(mail.headers.get('x-order')).toBe('42');
  expect(mail.attachments.map(({ filename, content }) => [filename, content])).toEqual([
    ['logo.png', logo],
    ['note.txt', Buffer.from('Grüße')],
    ['hex.bin', Buffer.from([0, 1, 2])],
  ]);
});

test('a mail with faults is refused with all of them', async () => {
  const mail = { cc: 1, headers: { a: 1 }, attachments: [{ filename: 'x' }], receivedAt: 'soon', body: 'x' };
  await expect(connectSandbox(sandbox.url).deliver(mail as never)).rejects.toMatchObject({
    code: 'CONFIGURATION',
    message: expect.stringMatching(
      /'to' has .*'cc' has .*'headers' has .*'attachments' has .*'receivedAt' .*'body' is/,
    ),
  });
});

test.describe('over HTTP', () => {
  test('messages are listed, searched in, counted by mailbox, and cut off where one wants', async () => {
    await sandbox.deliver({
      to: 'qa@contoso.com',
      from: 'Ann <ann@contoso.com>',
      subject: 'Invoice',
      text: 'Groceries',
    });
    await sandbox.deliver({
      to: ['qa@contoso.com', 'ben@contoso.com'],
      subject: 'Welcome',
      html: '<p>Hel<b>lo</b></p>',
    });
    const subjects = async (query: string) => {
      const answer = (await (await get(`messages?${query}`)).json()) as { messages: { subject: string }[] };
      return answer.messages.map(({ subject }) => subject);
    };
    expect(await subjects('')).toEqual(['Welcome', 'Welcome', 'Invoice']);
    expect(await subjects('limit=1')).toEqual(['Welcome']);
    expect(await subjects('search=ANN groc')).toEqual(['Invoice']);
    expect(await subjects('search=hello&mailbox=ben@contoso.com')).toEqual(['Welcome']);
    expect(await subjects('search=<p>')).toEqual([]);
    expect(await (await get('messages?limit=0')).json()).toMatchObject({
      mailboxes: [
        { address: 'qa@contoso.com', messages: 2 },
        { address: 'ben@contoso.com', messages: 1 },
      ],
    });
  });

  test('one message has headers, text, what is attached, and files to keep', async () => {
    await sandbox.deliver({
      to: 'qa@contoso.com',
      subject: 'Terms',
      text: 'See below',
      attachments: [{ filename: 'größe "x".pdf', content: 'PDF' }],
    });
    const id = await onlyId();
    expect(await (await get(`messages/${id}`)).json()).toMatchObject({
      subject: 'Terms',
      text: 'See below',
      hasHtml: false,
      headers: expect.arrayContaining([{ name: 'Subject', value: 'Terms' }]),
      attachments: [{ name: 'größe "x".pdf', contentType: 'application/pdf', size: 3, isInline: false }],
    });
    const file = await get(`messages/${id}/attachments/0`);
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%22x%22.pdf");
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(await file.text()).toBe('PDF');
    const [source] = sandbox.store.account('qa@contoso.com').folder('inbox').messages;
    expect(await (await get(`messages/${id}/message.eml`)).text()).toBe(source?.source.toString());
    expect(await (await get(`messages/${id}/source?octets=8`)).text()).toBe('Received');
  });

  test('messages are deleted one by one, by mailbox, and all', async () => {
    for (const to of ['qa@contoso.com', 'qa@contoso.com', 'ann@contoso.com', 'ben@contoso.com'])
      await sandbox.deliver({ to, subject: to });
    const [last] = await sandbox.messages();
    const remove = async (path: string) => {
      expect((await fetch(`${sandbox.url}/sandbox/${path}`, { method: 'DELETE' })).status).toBe(204);
      return (await sandbox.messages()).map(({ mailbox }) => mailbox);
    };
    expect(await remove(`messages/${last?.id}`)).toEqual(['ann@contoso.com', 'qa@contoso.com', 'qa@contoso.com']);
    expect(await remove('messages?mailbox=qa@contoso.com')).toEqual(['ann@contoso.com']);
    expect(await remove('messages')).toEqual([]);
  });

  test("what is not there is 404, and what can't be done with it 405", async () => {
    const paths = ['messages/none', 'messages/none/html', 'messages/none/attachments/0', 'requests/99', 'page/none.js'];
    for (const path of paths) expect((await get(path)).status, path).toBe(404);
    await sandbox.deliver({ to: 'qa@contoso.com', subject: 'x' });
    expect((await get(`messages/${await onlyId()}/attachments/7`)).status).toBe(404);
    const response = await fetch(`${sandbox.url}/sandbox/messages`, { method: 'PUT' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, DELETE']);
  });

  test("a message that can't be read is listed, and shows its source", async () => {
    const parts = Array.from({ length: 1100 }, () => '--b\r\n\r\nx\r\n').join('');
    const source = Buffer.from(`Subject: Poison\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`);
    sandbox.store.deliver({ to: ['qa@contoso.com'], source });
    const id = await onlyId();
    expect(await (await get(`messages/${id}`)).json()).toMatchObject({
      subject: 'Poison',
      trouble: expect.stringMatching(/exceeded/),
      headers: expect.arrayContaining([{ name: 'Subject', value: 'Poison' }]),
    });
    expect(await (await get(`messages/${id}/html`)).text()).toContain('can&#39;t be shown');
    expect(await (await get('messages?search=poison')).json()).toMatchObject({ messages: [{ id }] });
  });

  test('a mail that is made to be slow to read is read', async () => {
    const slow = ['<a ', '<b>', '<style>', '<!--', 'cid:', '<img src='].map((text) => text.repeat(25_000)).join('');
    await sandbox.deliver({ to: 'qa@contoso.com', subject: 'Slow', html: `<p>Shown</p>${slow}` });
    const id = await onlyId();
    expect(await (await get(`messages/${id}`)).json()).toMatchObject({ text: expect.stringContaining('Shown') });
    expect(await (await get(`messages/${id}/html`)).text()).toContain('<p>Shown</p>');
    expect(await (await get('messages?search=shown')).json()).toMatchObject({ messages: [{ id }] });
  });

  test('open pages are told what has changed', async () => {
    const response = await get('events');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const next = async (wanted: string) => {
      let text = '';
      while (!text.includes(wanted)) text += (await reader.read()).value ?? '';
    };
    await next('retry: 1000');
    await sandbox.deliver({ to: 'qa@contoso.com', subject: 'x' });
    await next('data: messages');
    await fetch(`${sandbox.url}/v1.0/me`);
    await next('data: requests');
    await connectSandbox(sandbox.url).setFaults({ delay: 1 });
    await next('data: faults');
    await reader.cancel();
  });

  test('faults are told with what a client will see', async () => {
    await connectSandbox(sandbox.url).setFaults({ ewsDisabled: true, token: { code: 50173 } });
    const { faults } = (await (await get('faults')).json()) as { faults: { name: string; isOn: boolean }[] };
    expect(faults.filter(({ isOn }) => isOn).map(({ name }) => name)).toEqual(['token', 'ewsDisabled']);
    expect(faults.find(({ name }) => name === 'ewsDisabled')).toEqual({
      name: 'ewsDisabled',
      door: 'EWS',
      kind: 'switch',
      effect: expect.stringContaining('403'),
      value: true,
      off: false,
      isOn: true,
    });
  });
});
