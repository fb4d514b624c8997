import { createVerify, X509Certificate } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { libmime } from '../../dist/vendor/libmime.js';
import { ConfidentialClientApplication } from '../../dist/vendor/msal-node.js';
import { createAppCertificate } from '../support/app-certificate.js';

for (const [word, text] of [
  ['=?utf-8?B?w4TDtg==?= =?utf-8?Q?=C3=BC?=', 'Äöü'],
  ['=?iso-8859-1?Q?caf=E9?=', 'café'],
  ['=?gb2312?B?1tDOxA==?=', '中文'],
  ['=?big5?B?pKSk5Q==?=', '中文'],
  ['=?euc-kr?B?x9GxuQ==?=', '한국'],
  ['=?shift_jis?B?k/qWew==?=', '日本'],
  ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
  ['=?no-such-charset?Q?as_it_is?=', 'as it is'],
] as const) {
  test(`libmime as bundled reads ${word}`, () => {
    expect(libmime.decodeWords(word)).toBe(text);
  });
}

test('msal-node as bundled signs for an app with a certificate', async () => {
  const { cert, key, thumbprintSha256 } = createAppCertificate();
  const bodies: string[] = [];
  const answer = { status: 200, headers: {}, body: { access_token: 'a', token_type: 'Bearer', expires_in: 3600 } };
  const networkClient = {
    sendGetRequestAsync: () => Promise.reject(new Error('nothing is to be asked')),
    sendPostRequestAsync: (_url: string, options?: { body?: string }) => {
      bodies.push(options?.body ?? '');
      return Promise.resolve(answer as never);
    },
  };
  const authority = 'https://login.contoso.com/tenant';
  const endpoints = {
    issuer: authority,
    authorization_endpoint: authority,
    token_endpoint: authority,
    jwks_uri: authority,
  };
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: 'app',
      authority,
      knownAuthorities: ['login.contoso.com'],
      authorityMetadata: JSON.stringify(endpoints),
      clientCertificate: { thumbprintSha256, privateKey: key },
    },
    system: { networkClient },
  });
  await client.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
  const assertion = new URLSearchParams(bodies[0]).get('client_assertion') ?? '';
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect(alg).toBe('PS256');
  const verify = createVerify('sha256').update(`${header}.${payload}`);
  const { publicKey } = new X509Certificate(cert);
  const pss = { key: publicKey, padding: 6, saltLength: 32 };
  expect(verify.verify(pss, signature, 'base64url')).toBe(true);
});
