import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { env } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import type { ResolvedOAuth2 } from '../../src/config/resolved.js';
import type { ExchangeError } from '../../src/errors.js';
import { createAppCertificate } from '../support/app-certificate.js';

const app = { type: 'oauth2', grant: 'client_credentials', tenantId: 'contoso.com', clientId: 'app' };
const good = createAppCertificate();

async function credential(auth: object, environment = {}): Promise<ResolvedOAuth2['credential']> {
  const definition = { protocol: 'ews', user: 'qa@contoso.com', auth: { ...app, ...auth } };
  return ((await resolveConnection('MSOAuthHost', definition, environment)).auth as ResolvedOAuth2).credential;
}

async function faults(auth: object, environment = {}): Promise<readonly string[]> {
  return await credential(auth, environment).then(
    () => [],
    (error: ExchangeError) => error.advice,
  );
}

test('an app proves itself with a secret', async () => {
  expect(await credential({ clientSecret: 's' })).toEqual({ type: 'secret', secret: 's' });
});

test('certificate and key are taken from texts of the environment, on one line too', async () => {
  const environment = { CERT: good.cert, KEY: good.key.replaceAll('\n', String.raw`\n`) };
  const resolved = await credential({ certificate: { cert: env('CERT'), key: env('KEY') } }, environment);
  expect(resolved).toEqual({
    type: 'certificate',
    thumbprint: new X509Certificate(good.cert).fingerprint256.replaceAll(':', ''),
    privateKey: good.key,
  });
});

test('one file may hold both, in either order', async () => {
  for (const pem of [good.cert + good.key, good.key + good.cert]) {
    const file = test.info().outputPath('app.pem');
    await writeFile(file, pem);
    expect(await credential({ certificate: { cert: file } })).toMatchObject({ privateKey: good.key });
  }
});

test('an encrypted key is opened with its passphrase, and only with it', async () => {
  const key = good.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
    .toString();
  const certificate = { cert: good.cert, key };
  expect(await credential({ certificate: { ...certificate, passphrase: 'open sesame' } })).toMatchObject({
    privateKey: good.key,
  });
  expect(await faults({ certificate })).toEqual(['auth.certificate.key: is encrypted, and there is no passphrase']);
  expect(await faults({ certificate: { ...certificate, passphrase: 'wrong-passphrase' } })).toEqual([
    'auth.certificate.key: holds no private key in PEM form that the passphrase opens',
  ]);
});

test('what a certificate lacks is named before anything is sent, all at once, with the rest', async () => {
  const expired = createAppCertificate({ from: -10, to: -1 });
  const certificate = { cert: expired.cert, key: '/no/such/key.pem' };
  expect((await faults({ tenantId: undefined, certificate })).toSorted()).toEqual([
    expect.stringMatching(/^auth\.certificate\.cert: expired on \d{4}-\d\d-\d\d: make and upload a new one$/),
    `auth.certificate.key: the file /no/such/key.pem can't be read (ENOENT)`,
    expect.stringMatching(
      /^auth\.tenantId: is required for the client_credentials grant; it has no value.*env\('NAME'\)/,
    ),
  ]);
});

for (const [what, certificate, fault] of [
  ['not valid yet', { ...createAppCertificate({ from: 1 }) }, /^auth\.certificate\.cert: is not valid before /],
  [
    'of another key',
    { cert: good.cert, key: createAppCertificate({ hasOwnKey: true }).key },
    /key: is not the key of the certificate$/,
  ],
  ['on an elliptic curve', createAppCertificate({ type: 'ec' }), /certificate\.key: is not an RSA key/],
  ['alone', { cert: good.cert }, /certificate\.key: holds no private key in PEM form$/],
  ['no certificate', { cert: good.key }, /^auth\.certificate\.cert: holds no certificate in PEM form$/],
  ['missing', { cert: '/no/such.pem' }, /^auth\.certificate\.cert: the file \/no\/such\.pem can't be read \(ENOENT\)$/],
] as const) {
  test(`a certificate that is ${what} is refused`, async () => {
    const { cert, key } = { key: undefined, ...certificate };
    expect(await faults({ certificate: { cert, key } })).toEqual([expect.stringMatching(fault)]);
  });
}

test('a secret where a file or a PEM text is wanted is not shown', async () => {
  const secret = good.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  expect(await faults({ certificate: { cert: good.cert, key: secret } })).toEqual([
    'auth.certificate.key: is neither a PEM text nor the name of a file',
  ]);
});

test('a federated token comes from GitHub, a file or a command', async () => {
  for (const assertion of ['github', { file: '/token' }, { command: ['program', 'argument'] }]) {
    expect(await credential({ assertion })).toEqual({ type: 'assertion', source: assertion });
  }
  const unset = { assertion: { file: env('AZURE_FEDERATED_TOKEN_FILE') } };
  expect(await faults(unset)).toEqual([
    'auth.assertion.file: the environment variable AZURE_FEDERATED_TOKEN_FILE is not set',
  ]);
  const wanted = `auth.assertion: must be 'github', { file: 'name' } or { command: ['program', 'argument', ...] }`;
  for (const assertion of ['gitlab', {}, { command: [] }, { command: 'az account show' }]) {
    expect(await faults({ assertion })).toEqual([wanted]);
  }
});

test('of secret, certificate and assertion exactly one is wanted', async () => {
  expect(await faults({})).toEqual([
    'auth.clientSecret: is required for the client_credentials grant, or certificate, or assertion, in its place',
  ]);
  expect(
    await faults({ clientSecret: 's', certificate: { cert: good.cert, key: good.key }, assertion: 'github' }),
  ).toEqual([
    'auth.certificate: is one too many: there is clientSecret already',
    'auth.assertion: is one too many: there is clientSecret already',
  ]);
});

test('a public client that a person signs in to by a code has none of them, and no redirect URL', async () => {
  const device = { grant: 'device_code' };
  expect(await credential(device)).toBeUndefined();
  expect(await faults({ ...device, clientSecret: 's', redirectUrl: 'http://localhost/' })).toEqual([
    'auth.redirectUrl: is not for the device_code grant',
    'auth.clientSecret: is not for the device_code grant',
  ]);
});
