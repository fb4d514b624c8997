import { expect, test } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import { startSandbox } from '../../src/sandbox/index.js';
import { enterPassword, hiddenFields, visit } from '../unit/sandbox-sign-in.js';
import { findSecrets } from './find-secrets.js';
import { ownPath } from './own-folder.js';
import { Person, signIn } from './person.js';
import { readWritten, type Written } from './read-written.js';
import { startRecordingProxy } from './recording-proxy.js';
import { runCommand, type CommandOutcome } from './run-command.js';
import { runPlaywright, type Run } from './run-playwright.js';
import { createSecrets, secretsApps, secretsEnvironment } from './secrets-environment.js';
import { reporters, secretsSuite } from './secrets-suite.js';

test.describe.configure({ timeout: 240_000 });

/** What Playwright and Node log of what this package does: SECURITY.md says which logs are meant. */
const verbose = { DEBUG: 'pw:*', NODE_DEBUG: 'http,https,net,tls' };

const passing = [
  'authorise device',
  'authorise person',
  'certificate works',
  'device works',
  'federated works',
  'password works',
  'person works',
  'sign-ins that Microsoft refuses',
  'token works',
];
const failing = [
  'certificate fails',
  'connections that fail',
  'device fails',
  'federated fails',
  'password fails',
  'person fails',
  'token fails',
];
const failureCodes = [
  'AUTH_CHANGED',
  'AUTH_CLIENT_ID',
  'AUTH_CLIENT_SECRET',
  'AUTH_CONSENT',
  'AUTH_EXPIRED',
  'AUTH_INTERACTION',
  'AUTH_MISSING',
  'AUTH_POLICY',
  'AUTH_REDIRECT_URL',
  'AUTH_REFUSED',
  'AUTH_REVOKED',
  'AUTH_SCOPE',
  'AUTH_TENANT',
  'CONFIGURATION',
  'NETWORK',
  'PROXY',
];
const onTheWire = [
  'access_token',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'id_token',
  'nonce',
  'passwd',
  'refresh_token',
  'state',
];

test('no secret is in anything that a run or the command writes', async () => {
  const secrets = createSecrets();
  const { PASSWORD: password, PROXY_PASSWORD: proxyPassword } = secrets;
  // Exchange's own takes no password in the clear; here it goes through what is watched.
  const server = { requireSmtpAuth: true, mailServer: 'generic' } as const;
  await using sandbox = await startSandbox({ apps: secretsApps(secrets), password, ...server });
  await using proxy = await startRecordingProxy(sandbox.url, `qa:${proxyPassword}`);
  const env = secretsEnvironment(secrets, sandbox, proxy);
  sandbox.tokens.revoke('revoked@contoso.com');
  sandbox.tokens.expire('expired@contoso.com');
  const directory = ownPath();

  const run = await runSuite({ directory, env, password });
  expect(withStatus(run, 'passed')).toEqual(passing);
  expect(withStatus(run, 'failed')).toEqual(failing);
  expect(errorCodes(run)).toEqual(expect.arrayContaining(failureCodes));
  expect(proxy.secrets.map(([name]) => name)).toEqual(expect.arrayContaining(onTheWire));
  const commands = await runCommands(env);
  expect(commands.exitCodes).toEqual([0, 1, 1, 1, 0, 1]);

  const written = [
    ...(await readWritten(directory)),
    printed('the run', run.output),
    printed('the command', commands.output),
  ];
  const exported = Object.entries(env).filter(([name]) => name.startsWith('PLAYWRIGHT_EXCHANGE_TOKEN_'));
  const all = [...Object.entries(secrets), ...exported, ['exported', commands.exported] as const, ...proxy.secrets];
  expect(findSecrets(written, all)).toEqual([]);
});

test('a secret is found in all that Playwright writes, however it is written there', async () => {
  const [{ BODY: secret }, directory] = [createSecrets(), ownPath()];
  const files = { 'playwright.config.ts': leakingConfig, 'a.spec.ts': leakingSpec };
  const run = await runPlaywright({ files, directory, env: { SECRET: secret } });
  const written = [...(await readWritten(directory)), printed('the run', run.output)];
  const places = findSecrets(written, [['secret', secret]]).join('\n');
  expect(places).toContain('in what the run printed');
  expect(places).toContain('in report.json');
  expect(places).toContain('in reports/junit.xml');
  expect(places).toMatch(/in reports\/html\/index\.html > data URL > [\w.]+\.json/);
  expect(places).toMatch(/in reports\/html\/data\/\w+\.zip > test\.trace/);
  expect(places).toMatch(/in reports\/blob\/report.*\.zip > report\.jsonl/);
  expect(places).toMatch(/in reports\/blob\/report.*\.zip > resources\/\w+\.zip > test\.trace/);
  expect(places).toMatch(/in results\/.*\/trace\.zip > test\.trace/);
});

const encodings: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  JSON: (text) => JSON.stringify(JSON.stringify({ text })),
  'a URL': (text) => `https://app.contoso.com/${encodeURIComponent(text)}`,
  'a form': (text) => new URLSearchParams({ text }).toString(),
  'a header, and cut off': (text) =>
    `Authorization: Basic ${Buffer.from(`qa:${text}`).toString('base64')}`.slice(0, 70),
  'base64, behind one octet': (text) => Buffer.from(`.${text}.`).toString('base64'),
  'base64url, behind two octets': (text) => Buffer.from(`..${text}.`).toString('base64url'),
  'hexadecimal digits': (text) => Buffer.from(text).toString('hex'),
};

test('a secret is found in every encoding', () => {
  const token = ['header', 'claims', 'signature'].map((part) => part.repeat(20)).join('.');
  for (const secret of [createSecrets().CLIENT_SECRET, token]) {
    for (const [where, encode] of Object.entries(encodings)) {
      const content = Buffer.from(`{ "text": "${encode(secret)}" }`);
      expect(findSecrets([{ where, content }], [['secret', secret]])).toEqual([`secret in ${where}`]);
    }
  }
  expect(findSecrets([{ where: 'a file', content: Buffer.from('header.claims.signature') }], [['a', token]])).toEqual(
    [],
  );
});

const leakingConfig = `
  import { defineConfig } from '@playwright/test';
  export default defineConfig({ ${reporters} outputDir: './results', use: { trace: 'on' } });
`;

const leakingSpec = `
  import { test } from '@playwright/test';
  test('leaks', async ({}, testInfo) => {
    const secret = process.env.SECRET!;
    console.log(Buffer.from(secret));
    await testInfo.attach('secret.txt', { body: Buffer.from(secret).toString('base64') });
    throw new Error(encodeURIComponent(secret));
  });
`;

interface Project {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly password: string;
}

async function runSuite({ directory, env, password }: Project): Promise<Run> {
  const person = await Person.create();
  const browser = { executablePath: findBrowser()?.executablePath, args: [`--remote-debugging-port=${person.port}`] };
  const LAUNCH_OPTIONS = JSON.stringify(browser);
  const when = { prints: deviceCode, act: (_: unknown, output: string) => void enterDeviceCode(output, password) };
  const [run] = await Promise.all([
    runPlaywright({ files: secretsSuite, directory, env: { ...env, ...verbose, LAUNCH_OPTIONS }, when }),
    person.act((page) => signIn(page, password)),
  ]);
  return run;
}

const deviceCode = /open (\S+) on any device, enter the code (\w+),/;

/** Signs in on another device. */
async function enterDeviceCode(output: string, password: string): Promise<void> {
  const [, page, code] = deviceCode.exec(output)!;
  const url = `${page}?otc=${code}`;
  const forms = [{ LoginOptions: '3' }, { decision: 'accept' }, { decision: 'accept' }];
  let shown = await enterPassword(url, 'qa@contoso.com', password);
  for (const form of forms) shown = await visit(url, { ...hiddenFields(shown), ...form });
}

interface Commands {
  readonly exitCodes: readonly (number | null)[];
  readonly output: string;
  /** What `tokens export` is for. */
  readonly exported: string;
}

async function runCommands(env: Project['env']): Promise<Commands> {
  const run = (args: readonly string[], input = ''): Promise<CommandOutcome> =>
    runCommand(args, { input, env: { ...env, ...verbose } });
  const [exported, ...others] = await Promise.all([
    run(['tokens', 'export', 'person']),
    run(['tokens', 'status']),
    run(['tokens', 'import', 'person'], env['PLAYWRIGHT_EXCHANGE_TOKEN_CHANGED']),
    run(['tokens', 'import', 'person'], env['PLAYWRIGHT_EXCHANGE_TOKEN_GARBLED']),
    run(['doctor', 'person', '--no-send']),
    run(['doctor', 'wrongProxyPassword', '--json']),
  ]);
  return {
    exitCodes: [exported, ...others].map(({ code }) => code),
    output: [exported.stderr, ...others.flatMap(({ stdout, stderr }) => [stdout, stderr])].join(''),
    exported: exported.stdout.trim(),
  };
}

function printed(by: string, text: string): Written {
  return { where: `what ${by} printed`, content: Buffer.from(text) };
}

function withStatus({ tests }: Run, status: string): string[] {
  return [...tests]
    .filter(([, { results }]) => results[0]?.status === status)
    .map(([title]) => title)
    .toSorted();
}

function errorCodes({ output }: Run): string[] {
  return [...new Set([...output.matchAll(/code: '([A-Z_]+)'/g)].map(([, code = '']) => code))].toSorted();
}
