import { expect, test } from '@playwright/test';
import { recipient, startGraphServer, subjectsIn } from './sandbox-graph-server.js';

test.describe('mail is sent', () => {
  test('as JSON, with a file and a header, and kept among the sent', async () => {
    await using server = await startGraphServer();
    const { status, text } = await server.ask('POST /me/sendMail', {
      body: {
        message: {
          subject: 'Grüße',
          body: { contentType: 'HTML', content: '<p>Hello</p>' },
          toRecipients: [recipient('other+tag@contoso.com')],
          bccRecipients: [recipient('hidden@contoso.com')],
          internetMessageHeaders: [{ name: 'X-Run', value: '42' }],
          attachments: [
            {
              '@odata.type': '#microsoft.graph.fileAttachment',
              name: 'a.txt',
              contentType: 'text/plain',
              contentBytes: 'YQ==',
            },
          ],
        },
      },
    });
    expect([status, text]).toEqual([202, '']);
    const select = '$select=subject,bccRecipients,hasAttachments,from,internetMessageHeaders';
    const path = (address: string, folder: string) => `/users/${address}/mailFolders/${folder}/messages?${select}`;
    const { value: arrived } = await server.ask(path('other@contoso.com', 'inbox'), { token: 'app' });
    expect(arrived).toEqual([
      expect.objectContaining({
        subject: 'Grüße',
        bccRecipients: [],
        hasAttachments: true,
        from: { emailAddress: { name: 'qa@contoso.com', address: 'qa@contoso.com' } },
        internetMessageHeaders: expect.arrayContaining([{ name: 'X-Run', value: '42' }]),
      }),
    ]);
    expect(await subjectsIn(server, 'inbox', 'hidden@contoso.com')).toEqual(['Grüße']);
    const { value: sent } = await server.ask(path('qa@contoso.com', 'sentitems'), { token: 'app' });
    expect(sent[0]?.['bccRecipients']).toHaveLength(1);
  });

  test('and not kept where it is not to be', async () => {
    await using server = await startGraphServer();
    const message = { subject: 'x', toRecipients: [recipient('other@contoso.com')] };
    await server.ask('POST /me/sendMail', { body: { Message: message, SaveToSentItems: false } });
    expect(await subjectsIn(server, 'inbox', 'other@contoso.com')).toEqual(['x']);
    expect(await subjectsIn(server, 'sentitems')).toEqual([]);
  });

  test('and not above what Exchange sends, however it came together', async () => {
    await using server = await startGraphServer();
    const drafts = server.store.account('qa@contoso.com').folder('drafts');
    const head = Buffer.from('To: other@contoso.com\r\nSubject: Large\r\n\r\n');
    drafts.add({ source: Buffer.concat([head, Buffer.alloc(35 * 1024 * 1024, '.')]), flags: ['\\Draft'] });
    const [draft] = (await server.ask('/me/mailFolders/drafts/messages?$select=id')).value;
    const refused = await server.ask(`POST /me/messages/${String(draft!['id'])}/send`);
    expect(refused).toMatchObject({ status: 413, code: 'ErrorMessageSizeExceeded' });
    expect(refused.text).toContain('The message exceeds the maximum supported size., Cannot submit the message.');
    expect(await subjectsIn(server, 'inbox', 'other@contoso.com')).toEqual([]);
    expect(await subjectsIn(server, 'drafts')).toEqual(['Large']);
  });

  test('as MIME in base64, with its own Message-ID', async () => {
    await using server = await startGraphServer();
    const mime = 'To: other@contoso.com\r\nSubject: MIME\r\nMessage-ID: <own@contoso.com>\r\n\r\nHello\r\n';
    const body = Buffer.from(mime).toString('base64');
    expect((await server.ask('POST /me/sendMail', { body })).status).toBe(202);
    const { value } = await server.ask('/users/other@contoso.com/messages', { token: 'app' });
    expect(value[0]).toMatchObject({ internetMessageId: '<own@contoso.com>', subject: 'MIME' });
  });

  const refused: readonly (readonly [string, object | string, string])[] = [
    ['without a message', {}, 'BadRequest'],
    ['to nobody', { message: { subject: 'x' } }, 'ErrorInvalidRecipients'],
    ['to what is no address', { message: { toRecipients: [recipient('nobody')] } }, 'ErrorInvalidRecipients'],
    ['with what no message has', { message: { colour: 'red' } }, 'RequestBodyRead'],
    [
      'with a header that is not its own',
      { message: { internetMessageHeaders: [{ name: 'To', value: 'x' }] } },
      'InvalidInternetMessageHeader',
    ],
    ['as MIME that is not in base64', 'To: other@contoso.com', 'ErrorMimeContentInvalidBase64String'],
  ];
  for (const [what, body, code] of refused) {
    test(`but not ${what}`, async () => {
      await using server = await startGraphServer();
      expect(await server.ask('POST /me/sendMail', { body })).toMatchObject({ status: 400, code });
      expect(await subjectsIn(server, 'sentitems')).toEqual([]);
    });
  }
});

test.describe('a draft', () => {
  test('is written, changed, and sent', async () => {
    await using server = await startGraphServer();
    const draft = await server.ask('POST /me/messages', { body: { subject: 'Draft' } });
    expect(draft).toMatchObject({ status: 201, json: { isDraft: true, isRead: true, subject: 'Draft' } });
    const path = `/me/messages/${String(draft.json['id'])}`;
    const body = { subject: 'Final', toRecipients: [recipient('other@contoso.com')] };
    expect((await server.ask(`PATCH ${path}`, { body })).json).toMatchObject({ subject: 'Final', isDraft: true });
    expect((await server.ask(`POST ${path}/send`)).status).toBe(202);
    expect(await subjectsIn(server, 'drafts')).toEqual([]);
    expect(await subjectsIn(server, 'sentitems')).toEqual(['Final']);
    expect(await subjectsIn(server, 'inbox', 'other@contoso.com')).toEqual(['Final']);
  });

  test('is made of MIME, into a folder too', async () => {
    await using server = await startGraphServer();
    const body = Buffer.from('To: other@contoso.com\r\nSubject: MIME\r\n\r\nHello\r\n').toString('base64');
    expect((await server.ask('POST /me/mailFolders/inbox/messages', { body })).json['subject']).toBe('MIME');
    expect(await subjectsIn(server, 'inbox')).toEqual(['MIME']);
  });

  test('alone can be sent', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    expect(await server.ask(`POST /me/messages/${id}/send`)).toMatchObject({
      status: 400,
      code: 'ErrorInvalidRequest',
    });
  });
});

test.describe('an answer', () => {
  const headers = ['Cc: third@contoso.com', 'References: <0@contoso.com>'];

  test('goes to who wrote, in the thread, and quotes', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver({ from: 'other@contoso.com', headers }));
    expect((await server.ask(`POST /me/messages/${id}/reply`, { body: { comment: 'Thanks <3' } })).status).toBe(202);
    expect(await subjectsIn(server, 'inbox', 'third@contoso.com')).toEqual([]);
    const { value } = await server.ask('/users/other@contoso.com/messages', { token: 'app' });
    expect(value[0]).toMatchObject({ subject: 'RE: Hello' });
    expect(value[0]?.['body']).toMatchObject({ content: expect.stringMatching(/Thanks &lt;3.*Good day\./s) });
    const { text } = await server.ask(`/users/other@contoso.com/messages/${String(value[0]?.['id'])}/$value`, {
      token: 'app',
    });
    expect(text).toContain('In-Reply-To: <1@contoso.com>');
    expect(text).toMatch(/^References: <0@contoso.com>\s+<1@contoso.com>/m);
  });

  test('to all goes to all but the one who answers', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver({ from: 'other@contoso.com', headers }));
    await server.ask(`POST /me/messages/${id}/replyAll`, { body: {} });
    expect(await subjectsIn(server, 'inbox', 'other@contoso.com')).toEqual(['RE: Hello']);
    expect(await subjectsIn(server, 'inbox', 'third@contoso.com')).toEqual(['RE: Hello']);
    expect(await subjectsIn(server, 'inbox')).toEqual(['Hello']);
  });

  test('is sent on to others, with what was attached', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(
      server.deliver({ headers: ['Content-Type: application/pdf', 'Content-Disposition: attachment; filename=a.pdf'] }),
    );
    const body = { toRecipients: [recipient('other@contoso.com')] };
    expect((await server.ask(`POST /me/messages/${id}/forward`, { body })).status).toBe(202);
    const { value } = await server.ask('/users/other@contoso.com/messages?$expand=attachments', { token: 'app' });
    expect(value[0]).toMatchObject({ subject: 'FW: Hello', attachments: [{ name: 'a.pdf' }] });
  });

  test('waits among the drafts where it is to', async () => {
    await using server = await startGraphServer();
    const id = server.idOf(server.deliver());
    const { status, json } = await server.ask(`POST /me/messages/${id}/createReply`);
    expect(status).toBe(201);
    expect(json).toMatchObject({ isDraft: true, toRecipients: [{ emailAddress: { address: 'app@contoso.com' } }] });
    const body = { comment: 'a', message: { body: { contentType: 'Text', content: 'b' } } };
    expect((await server.ask(`POST /me/messages/${id}/createReply`, { body })).code).toBe('BadRequest');
    expect(await subjectsIn(server, 'drafts')).toEqual(['RE: Hello']);
  });
});
