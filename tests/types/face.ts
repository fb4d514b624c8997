// What must compile, and what must not: checked by `npm run check`, never run.
import { defineConfig, mergeExpects, mergeTests, test as base, expect as baseExpect } from '@playwright/test';
import { Exchange, expect, test, type ExchangeOptions, type Mailbox, type Message } from 'playwright-exchange';
import { authorise } from 'playwright-exchange/authorise';
import { defineConnections, env, sandboxConnection } from 'playwright-exchange/config';
import { sandboxServer, startSandbox } from 'playwright-exchange/sandbox';

const connections = defineConnections({
  MSOAuthHost: {
    protocol: 'ews',
    host: 'autodiscover',
    user: 'qa@contoso.com',
    addressing: '{tag}@qa.contoso.com',
    auth: {
      type: 'oauth2',
      tenantId: env('MS_TENANT_ID'),
      clientId: env('MS_CLIENT_ID'),
      clientSecret: env('MS_CLIENT_SECRET'),
      redirectUrl: 'http://localhost:3000/oauth/callback',
    },
  },
  cloud: {
    protocol: 'graph',
    pollIntervals: [500, 2000],
    mailbox: 'support@contoso.com',
    auth: { type: 'oauth2', grant: 'client_credentials', tenantId: 't', clientId: 'c', clientSecret: env('SECRET') },
  },
  sandbox: sandboxConnection({ protocol: 'ews' }),
  sandboxGraph: sandboxConnection({ protocol: 'graph' }),
});

export const config = defineConfig<ExchangeOptions>({
  use: { exchangeConnections: connections, exchangeConnection: 'sandbox', exchangeTimeout: 30_000 },
  webServer: [sandboxServer()],
});

// @ts-expect-error there is no such protocol
defineConnections({ a: { protocol: 'pop3', auth: { type: 'basic', password: 'x' } } });
// @ts-expect-error Graph takes no password
defineConnections({ a: { protocol: 'graph', auth: { type: 'basic', password: 'x' } } });
// @ts-expect-error a tenant is needed
defineConnections({ a: { protocol: 'ews', auth: { type: 'oauth2', clientId: 'x' } } });

defineConnections({
  // @ts-expect-error a person comes back to a redirect URL
  a: { protocol: 'ews', auth: { type: 'oauth2', tenantId: 't', clientId: 'x', clientSecret: 's' } },
});
defineConnections({
  // @ts-expect-error an app proves itself
  a: { protocol: 'ews', auth: { type: 'oauth2', grant: 'client_credentials', tenantId: 't', clientId: 'x' } },
  device: { protocol: 'ews', auth: { type: 'oauth2', grant: 'device_code', tenantId: 't', clientId: 'x' } },
  basic: { protocol: 'imap', auth: { type: 'basic', password: env('PASSWORD') } },
});

test.use({ exchangeConnection: ['onPremises', 'sandbox'] });
// @ts-expect-error there is no such option
test.use({ exchangeConection: 'sandbox' });

test('types', async ({ mailbox, exchange, exchangePool: _pool }) => {
  const message: Message = await mailbox.waitForMessage({ subject: /x/, where: ({ text }) => text !== '' });
  const other: Mailbox = await (await exchange.open('sandbox')).mailbox();
  await expect(other).toReceive({ from: 'a@contoso.com' }, { timeout: 1000 });
  await expect(mailbox).not.toReceive({}, { timeout: 1000 });
  expect(message).toHaveLink(/x/);
  // @ts-expect-error there is no such field
  await mailbox.find({ subjet: 'x' });
  // @ts-expect-error it is the fixtures' own
  await mailbox.peekForMessage();
  // @ts-expect-error so is how a connection is opened
  await Exchange.connect();
  // @ts-expect-error and a limit of the test's
  await mailbox.waitForMessage({}, { limit: AbortSignal.timeout(1) });
  // @ts-expect-error a matcher of mailboxes takes no message
  await expect(message).toReceive();
});

const merged = mergeTests(base, test);
merged('merged', async ({ page, mailbox }) => {
  await (await mailbox.waitForMessage()).open(page);
  await mergeExpects(baseExpect, expect)(mailbox).toReceive();
});

await using sandbox = await startSandbox();
sandbox.faults.token = { code: 50173 };

test('authorise MSOAuthHost', authorise('MSOAuthHost'));
test('authorise in ten minutes', authorise('MSOAuthHost', { timeout: 600_000 }));
// @ts-expect-error -- a connection is named
test('authorise nothing', authorise());
