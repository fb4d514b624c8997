/**
 * A project of a user's that goes through all that a secret could leak from, with every report and trace switched
 * on. Its secrets are in the environment alone: `secrets-environment.ts`.
 */

/** A field of a config. */
export const reporters = `
    reporter: [
      ['list'],
      ['json'],
      ['junit', { outputFile: 'reports/junit.xml' }],
      ['html', { outputFolder: 'reports/html', open: 'never' }],
      ['blob', { outputDir: 'reports/blob' }],
    ],
`;

const connections = `
  import { defineConnections, env } from 'playwright-exchange/config';

  const url = env('PLAYWRIGHT_EXCHANGE_SANDBOX');
  const account = { user: 'qa@contoso.com', addressing: 'plus', proxy: 'none' } as const;
  const oauth2 = {
    type: 'oauth2', tenantId: 'contoso.com', clientId: 'an-app', clientSecret: env('CLIENT_SECRET'),
    cloud: env('SIGN_IN'), redirectUrl: 'https://unreachable.contoso.invalid/oauth/callback',
  } as const;
  const app = { ...oauth2, grant: 'client_credentials' } as const;
  const { clientSecret: _, redirectUrl: __, ...registration } = oauth2;
  const certificate = { cert: env('CERTIFICATE'), key: env('CERTIFICATE_KEY') };
  // What it signs names the service that it is for: nothing may stand between.
  const certified = { ...registration, clientId: 'a-certified-app', grant: 'client_credentials', cloud: url, certificate } as const;
  const assertion = { command: [process.execPath, '-p', 'process.env.FEDERATED_TOKEN'] };
  const ews = { protocol: 'ews', host: url, ...account, auth: app } as const;
  const smtp = { host: env('PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP'), security: 'none' } as const;
  const imap = { protocol: 'imap', host: env('PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP'), security: 'none', smtp, ...account } as const;

  export const works = defineConnections({
    person: { ...ews, auth: oauth2, proxy: env('PROXY') },
    password: { ...imap, auth: { type: 'basic', password: env('PASSWORD') } },
    token: { ...imap, auth: app },
    certificate: { protocol: 'graph', ...account, auth: certified },
    federated: { ...ews, auth: { ...registration, clientId: 'a-federated-app', grant: 'client_credentials', assertion } },
    device: { ...ews, auth: { type: 'oauth2', tenantId: 'contoso.com', clientId: 'sandbox-public', cloud: env('SIGN_IN'), grant: 'device_code' } },
  });

  export const fails = defineConnections({
    wrongSecret: { ...ews, auth: { ...app, clientSecret: env('WRONG_SECRET') } },
    wrongPassword: { ...imap, auth: { type: 'basic', password: env('WRONG_PASSWORD') } },
    revoked: { ...ews, user: 'revoked@contoso.com', auth: oauth2 },
    expired: { ...ews, user: 'expired@contoso.com', auth: oauth2 },
    changed: { ...ews, auth: oauth2 },
    garbled: { ...ews, auth: oauth2 },
    missing: { ...ews, auth: oauth2 },
    untrusted: { ...imap, host: env('IMAP_TLS'), security: 'tls', auth: app },
    wrongCertificate: { protocol: 'graph', ...account, auth: { ...certified, certificate: { ...certificate, key: env('PRIVATE_KEY') } } },
    wrongAuthority: { ...ews, tls: { ca: env('PRIVATE_KEY') } },
    wrongProxyPassword: { ...ews, proxy: env('WRONG_PROXY') },
    noProxy: { ...ews, proxy: env('NO_PROXY_THERE') },
    noSocksProxy: { ...ews, proxy: env('NO_SOCKS_PROXY_THERE') },
    unknownProxy: { ...ews, proxy: env('UNKNOWN_PROXY') },
    faultyProxy: { ...ews, proxy: env('FAULTY_PROXY') },
  });

  export const refused = Object.fromEntries(
    [90002, 700016, 50011, 70011, 65001, 50076, 53003].map((code) => [String(code), ews]),
  );
`;

const config = `
  import { defineConfig } from '@playwright/test';
  import type { ExchangeOptions } from 'playwright-exchange';
  import { fails, refused, works } from './connections';

  export default defineConfig<ExchangeOptions>({
    ${reporters}
    outputDir: './results',
    fullyParallel: true,
    workers: 2,
    use: {
      exchangeConnections: { ...works, ...fails, ...refused },
      exchangeShowBodies: false,
      exchangeAttachMessages: 'list',
      trace: 'on',
      headless: true,
      launchOptions: JSON.parse(process.env.LAUNCH_OPTIONS ?? '{}'),
    },
    projects: [
      { name: 'authorise', testMatch: 'authorise.setup.ts' },
      { name: 'refusals', testMatch: 'refusals.setup.ts', dependencies: ['authorise'] },
      { name: 'specs', testMatch: '*.spec.ts', dependencies: ['refusals'] },
    ],
  });
`;

const setup = `
  import { test as setup } from 'playwright-exchange';
  import { authorise } from 'playwright-exchange/authorise';
  setup('authorise person', authorise('person', { timeout: 60_000 }));
  setup('authorise device', authorise('device', { timeout: 60_000 }));
`;

const mail = `
  import { test, expect } from 'playwright-exchange';
  import { works } from './connections';

  const body = {
    text: process.env.BODY,
    html: '<a href="https://app.contoso.com/?' + process.env.BODY + '">Go</a>' + process.env.BODY,
    attachments: [{ filename: 'a.txt', content: process.env.BODY }],
  };

  for (const connection of Object.keys(works)) {
    test.describe(connection, () => {
      test.use({ exchangeConnection: connection });

      test(connection + ' works', async ({ exchange, mailbox }) => {
        await mailbox.send({ to: mailbox.address, subject: 'First', ...body });
        await expect(mailbox).toReceive({ subject: 'First', attachment: 'a.txt' });
        const message = await mailbox.waitForMessage({ where: ({ text }) => text.includes(process.env.BODY!) });
        await message.reply(body);
        await message.forward({ to: mailbox.address, ...body });
        await message.markAsRead();
        await mailbox.clear();
        console.log(exchange, mailbox);
      });

      test(connection + ' fails', async ({ mailbox }) => {
        await mailbox.send({ to: mailbox.address, subject: 'First', ...body });
        const message = await mailbox.waitForMessage({ subject: 'First' });
        expect.soft(message).toHaveBody('other');
        expect.soft(message).toHaveLink('other');
        expect.soft(message).toHaveAttachment('other');
        expect.soft(() => message.link('other')).not.toThrow();
        expect.soft(() => message.code(/other (.*)/)).not.toThrow();
        await expect.soft(mailbox).not.toReceive({ subject: 'First' }, { timeout: 100 });
        await expect.soft(mailbox).toReceive({ text: 'other' }, { timeout: 100 });
        await mailbox.send({ to: mailbox.address, subject: 'Second', ...body });
        await mailbox.waitForMessage({ html: /other/, text: 'other', attachment: /other/ }, { timeout: 1000 });
      });
    });
  }
`;

const failures = `
  import { test, expect } from 'playwright-exchange';
  import { fails } from './connections';

  test.use({ exchangeConnection: 'password', exchangeTimeout: 5000 });

  /** The error reaches the report, and the log of who catches and prints it. */
  const show = async (promise: Promise<unknown>) => {
    await expect.soft(promise).resolves.toBeDefined();
    await promise.catch((error) => console.error(error));
  };

  test('connections that fail', async ({ exchange }) => {
    await Promise.all(Object.keys(fails).map((name) => show(exchange.open(name))));
  });
`;

/** Before the specs: the sandbox refuses everybody then. */
const refusals = `
  import { test } from 'playwright-exchange';
  import { refused } from './connections';

  test.use({ exchangeConnection: 'password' });

  test('sign-ins that Microsoft refuses', async ({ exchange, request }) => {
    const faults = process.env.PLAYWRIGHT_EXCHANGE_SANDBOX + '/sandbox/faults';
    for (const name of Object.keys(refused)) {
      await request.post(faults, { data: { token: { code: Number(name) } } });
      await exchange.open(name).catch((error) => console.error(error));
    }
    await request.post(faults, { data: { token: null } });
  });
`;

/** The files of the project, by name. */
export const secretsSuite: Readonly<Record<string, string>> = {
  'connections.ts': connections,
  'playwright.config.ts': config,
  'authorise.setup.ts': setup,
  'mail.spec.ts': mail,
  'failures.spec.ts': failures,
  'refusals.setup.ts': refusals,
};
