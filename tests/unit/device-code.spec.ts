import { expect, test } from '@playwright/test';
import { signInByDeviceCode } from '../../src/auth/authorise/device-code.js';
import type { Issued } from '../../src/auth/msal/session.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { personDefinition, signedInConnection } from '../support/person-connection.js';
import { hiddenFields, identify, visit } from './sandbox-sign-in.js';

/** What somebody does who is told to open a page. */
type Person = (page: string) => Promise<void> | void;

async function signIn(
  sandbox: Sandbox,
  person: Person,
  { clientId = 'sandbox-public', timeout = 60_000 } = {},
): Promise<Issued> {
  const definition = personDefinition(sandbox);
  const auth = {
    type: 'oauth2',
    grant: 'device_code',
    tenantId: 'contoso.com',
    clientId,
    cloud: sandbox.url as `http://${string}`,
  } as const;
  const signedIn = await signedInConnection(sandbox, { ...definition, auth });
  let acting: Promise<void> | undefined;
  const say = (line: string): void => {
    const [, page = '', code = ''] =
      /^Connection "MSOAuthHost": open (\S+) on any device, enter the code (\w+), and sign in as qa@contoso\.com\.$/.exec(
        line,
      ) ?? [];
    acting = Promise.resolve(person(`${page}?otc=${code}`));
  };
  const http = createHttpClient({ proxy: 'none', ca: [] });
  try {
    const source = { ...signedIn, http, directory: test.info().outputPath() };
    return await signInByDeviceCode(source, { timeout, say });
  } finally {
    await acting;
    http.close();
  }
}

/** Signs in, says that the app was meant, and consents. */
async function accept(page: string): Promise<void> {
  const meant = await identify(page);
  const consent = await visit(page, { ...hiddenFields(meant), decision: 'accept' });
  await visit(page, { ...hiddenFields(consent), decision: 'accept' });
}

test('a person signs in elsewhere, with the code that is shown', async () => {
  await using sandbox = await startSandbox();
  const { result, refreshToken } = await signIn(sandbox, accept);
  expect(sandbox.tokens.verify(result.accessToken)).toMatchObject({
    user: 'qa@contoso.com',
    clientId: 'sandbox-public',
  });
  expect(refreshToken).toBeTruthy();
});

test('trouble that passes is no reason to give up while the person is at it', async () => {
  await using sandbox = await startSandbox();
  const { result } = await signIn(sandbox, async (page) => {
    sandbox.faults.token = { code: 90033, times: 1 };
    await expect.poll(() => sandbox.faults.token, { timeout: 30_000 }).toBeUndefined();
    sandbox.dropConnections();
    await accept(page);
  });
  expect(sandbox.tokens.verify(result.accessToken)).toBeDefined();
});

test('who declines is told so', async () => {
  await using sandbox = await startSandbox();
  const error = await failureOf(
    signIn(sandbox, async (page) => {
      await visit(page, { ...hiddenFields(await identify(page)), decision: 'cancel' });
    }),
  );
  expect(error.message).toMatch(/^Consent: connection "MSOAuthHost" [^]*Microsoft says: AADSTS70017/);
});

test('a code that has expired says so', async () => {
  await using sandbox = await startSandbox();
  const error = await failureOf(signIn(sandbox, () => sandbox.clock.advance(901_000)));
  expect(error.message).toMatch(/^Expired: connection "MSOAuthHost" [^]*Microsoft says: AADSTS70020/);
});

test('nobody came', async () => {
  await using sandbox = await startSandbox();
  const error = await failureOf(signIn(sandbox, () => {}, { timeout: 100 }));
  expect(error.code).toBe('DEADLINE');
  expect(error.message).toMatch(/^Nobody came: connection "MSOAuthHost" is not authorised/);
});

test('an app that is no public client is told how to become one', async () => {
  await using sandbox = await startSandbox();
  const error = await failureOf(signIn(sandbox, () => {}, { clientId: 'sandbox' }));
  expect(error.message).toMatch(/^Client secret: [^]*"Allow public client flows"[^]*AADSTS7000218/);
});

test('an unknown app is refused before a code is shown', async () => {
  await using sandbox = await startSandbox();
  const shown: string[] = [];
  const error = await failureOf(signIn(sandbox, (page) => void shown.push(page), { clientId: 'unknown' }));
  expect(error.message).toMatch(/^Client ID: [^]*AADSTS700016/);
  expect(shown).toEqual([]);
});
