import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { answerOf, codes, envelope, mail, startEwsServer, texts } from './sandbox-ews-server.js';

const findItem =
  '<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>' +
  '<m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds></m:FindItem>';

function impersonating(name: string, value: string): string {
  return `<t:ExchangeImpersonation><t:ConnectingSID><t:${name}>${value}</t:${name}></t:ConnectingSID></t:ExchangeImpersonation>`;
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

test('who does not sign in is told how, and why not', async () => {
  await using server = await startEwsServer();
  for (const authorization of [null, 'Bearer forged', basic('qa@contoso.com', 'wrong'), basic('qa', 'secret')]) {
    const response = await server.post(findItem, { authorization });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*, Basic realm=""$/);
    expect(response.headers.get('x-ms-diagnostics')).toMatch(/^2000001;reason="/);
  }
});

test('a token without the permission is refused by number', async () => {
  await using server = await startEwsServer();
  const response = await server.post(findItem, { authorization: 'Bearer unscoped' });
  expect(response.status).toBe(401);
  expect(response.headers.get('x-ms-diagnostics')).toMatch(/^2000008;/);
});

test('a user reads the own mailbox, with a token or a password', async () => {
  await using server = await startEwsServer({ password: 'other' });
  server.store.deliver({ to: ['qa@contoso.com'], source: mail({ subject: 'mine' }) });
  for (const authorization of ['Bearer delegated', basic('QA@contoso.com', 'other')]) {
    expect(texts(await server.call(findItem, { authorization }), 'Subject')).toEqual(['mine']);
  }
});

test('an app impersonates a mailbox, and has none of its own', async () => {
  await using server = await startEwsServer();
  server.store.deliver({ to: ['other@contoso.com'], source: mail({ subject: 'theirs' }) });
  const authorization = 'Bearer app';
  for (const name of ['PrimarySmtpAddress', 'SmtpAddress', 'PrincipalName']) {
    const header = impersonating(name, 'other@contoso.com');
    expect(texts(await server.call(findItem, { authorization, header }), 'Subject')).toEqual(['theirs']);
  }
  const response = await server.post(findItem, { authorization });
  expect(response.status).toBe(500);
  expect(texts(answerOf(await response.text()), 'faultstring')).toEqual([
    'ExchangeImpersonation SOAP header must be present for this type of OAuth token.',
  ]);
  const header = impersonating('PrimarySmtpAddress', 'nobody');
  expect(codes(await server.call(findItem, { authorization, header }))).toEqual(['ErrorNonExistentMailbox']);
});

test('what is no request of EWS is answered with a fault', async () => {
  await using server = await startEwsServer();
  const send = async (body: string) => {
    const headers = { Authorization: 'Bearer delegated' };
    const response = await fetch(server.url, { method: 'POST', headers, body });
    expect(response.status).toBe(500);
    return codes(answerOf(await response.text()));
  };
  expect(await send('')).toEqual(['ErrorSchemaValidation']);
  expect(await send('<a>')).toEqual(['ErrorSchemaValidation']);
  expect(await send('<a/>')).toEqual(['ErrorSchemaValidation']);
  expect(await send(envelope(''))).toEqual(['ErrorSchemaValidation']);
  expect(await send(envelope('<m:FindItem/>'))).toEqual(['ErrorSchemaValidation']);
  expect(await send(envelope('<m:GetMails/>'))).toEqual(['ErrorSchemaValidation']);
  expect(await send(envelope('<m:GetSharingFolder/>'))).toEqual(['ErrorInvalidOperation']);
  expect(await send(envelope('<t:FindItem/>'))).toEqual(['ErrorSchemaValidation']);
});

test('faults strike as often as asked', async () => {
  await using server = await startEwsServer();
  const status = async () => (await server.post(findItem)).status;
  server.faults.unauthorized = 1;
  expect([await status(), await status()]).toEqual([401, 200]);
  server.faults.dropRequests = 1;
  await expect(server.post(findItem)).rejects.toThrow();
  expect(await status()).toBe(200);
  server.faults.busy = { times: 1, backOffMilliseconds: 1234 };
  const busy = answerOf(await (await server.post(findItem)).text());
  expect(codes(busy)).toEqual(['ErrorServerBusy']);
  expect(texts(busy, 'Value')).toEqual(['1234']);
  expect(await status()).toBe(200);
  server.faults.ewsDisabled = true;
  const disabled = await server.post(findItem);
  expect([disabled.status, await disabled.text()]).toEqual([403, '']);
  expect(disabled.headers.get('x-ews-policy-reason')).toBe('EWS is disabled for this user or tenant');
});

test('Autodiscover says where EWS is, without signing in', async () => {
  await using server = await startEwsServer();
  const ask = async (path: string) => {
    const response = await fetch(`${server.origin}/${path}`);
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const found = { status: 200, body: { Protocol: 'EWS', Url: `${server.origin}/EWS/Exchange.asmx` } };
  expect(await ask('autodiscover/autodiscover.json?Email=qa@contoso.com&Protocol=EWS')).toEqual(found);
  expect(await ask('Autodiscover/Autodiscover.json/v1.0/qa@contoso.com?Protocol=ews')).toEqual(found);
  expect(await ask('autodiscover/autodiscover.json?Email=qa@contoso.com&Protocol=POP')).toEqual({
    status: 400,
    body: { ErrorCode: 'ProtocolNotSupported', ErrorMessage: expect.stringContaining('POP') },
  });
  expect(await ask('autodiscover/autodiscover.json?Protocol=EWS')).toMatchObject({ status: 400 });
});

test('the path is found in any case', async () => {
  await using server = await startEwsServer();
  for (const path of ['/ews/exchange.asmx', '/EWS/EXCHANGE.ASMX']) {
    const response = await fetch(server.origin + path, { method: 'POST', body: '' });
    expect(response.status).toBe(401);
  }
  expect(server.door.owns('/ews')).toBe(false);
});

test('a client that goes away in the middle of its request harms nobody', async () => {
  await using server = await startEwsServer();
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write('POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99\r\n\r\n<a');
  await once(socket, 'data');
  socket.destroy();
  expect(codes(await server.call(findItem))).toEqual(['NoError']);
});

test.describe('Autodiscover for older clients', () => {
  const settings = '<a:Setting>ExternalEwsUrl</a:Setting><a:Setting>EcpDeliveryReportUrlFragment</a:Setting>';
  const soap = (user: string) =>
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover">' +
    `<s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${user}</a:Mailbox></a:User></a:Users>` +
    `<a:RequestedSettings>${settings}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>`;
  const pox = (schema: string) =>
    '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>' +
    '<EMailAddress>qa@contoso.com</EMailAddress><AcceptableResponseSchema>' +
    `http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/${schema}` +
    '</AcceptableResponseSchema></Request></Autodiscover>';

  async function post(
    path: string,
    body: string,
    headers: Record<string, string> = { Authorization: 'Bearer delegated' },
  ) {
    await using server = await startEwsServer();
    const response = await fetch(`${server.origin}/Autodiscover/${path}`, { method: 'POST', body, headers });
    return { status: response.status, text: await response.text(), url: server.url };
  }

  test('wants a sign-in, over SOAP and in plain old XML', async () => {
    for (const path of ['Autodiscover.svc', 'Autodiscover.xml']) {
      expect(await post(path, '', {})).toMatchObject({ status: 401 });
    }
  });

  test('over SOAP gives the settings that there are, and an error for each other', async () => {
    const { status, text, url } = await post('autodiscover.svc', soap('qa@contoso.com'));
    expect(status).toBe(200);
    expect(text).toContain(`<Name>ExternalEwsUrl</Name><Value>${url}</Value>`);
    expect(text).toContain('<SettingName>EcpDeliveryReportUrlFragment</SettingName>');
  });

  test('over SOAP refuses what is no user, and what is no request', async () => {
    expect((await post('autodiscover.svc', soap('nobody'))).text).toContain('<ErrorCode>InvalidUser</ErrorCode>');
    expect((await post('autodiscover.svc', soap(''))).text).toContain('<ErrorCode>InvalidRequest</ErrorCode>');
    expect(await post('autodiscover.svc', '<no/>')).toMatchObject({ status: 500 });
  });

  test('in plain old XML gives the URL, inside and outside the company', async () => {
    const { text, url } = await post('autodiscover.xml', pox('2006a'));
    expect(text.split(`<EwsUrl>${url}</EwsUrl>`)).toHaveLength(3);
    expect((await post('autodiscover.xml', pox('2007'))).text).toContain('<ErrorCode>600</ErrorCode>');
    expect((await post('autodiscover.xml', 'nonsense')).text).toContain('<ErrorCode>600</ErrorCode>');
  });
});
