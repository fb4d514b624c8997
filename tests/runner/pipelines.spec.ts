import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';
import { parse } from 'yaml';
import { projectFolder } from '../../scripts/installed.mjs';
import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import { tokenVariable } from '../../src/auth/store/token-variable.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { filesThatHold } from './files-that-hold.js';
import { ownPath } from './own-folder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(projectFolder('newest'), 'node_modules');
const user = 'qa@contoso.com';
const scope = 'https://outlook.office365.com/EWS.AccessAsUser.All';

const config = `
  import { defineConfig } from '@playwright/test';
  import type { ExchangeOptions } from 'playwright-exchange';
  import { defineConnections, env, sandboxConnection } from 'playwright-exchange/config';

  const { auth, ...account } = sandboxConnection({ protocol: 'ews' });
  const redirectUrl = 'http://localhost:3000/';
  const credentials = {
    tenantId: env('MS_TENANT_ID'), clientId: env('MS_CLIENT_ID'), clientSecret: env('MS_CLIENT_SECRET'),
  };
  export default defineConfig<ExchangeOptions>({
    use: { exchangeConnections: defineConnections({
      MSOAuthHost: { ...account, auth: { ...auth, ...credentials, grant: 'authorization_code', redirectUrl } },
    }) },
  });
`;

const spec = (title: string): string => `
  import { test } from 'playwright-exchange';
  test('${title}', async ({ mailbox }) => {
    await mailbox.send({ to: mailbox.address, subject: 'Hello' });
    await mailbox.waitForMessage({ subject: 'Hello' });
  });
`;

/** Finds what the scripts call as `npx` does where the package is installed. */
const npx = `#!/bin/sh
program=$1; shift
case $program in
  playwright) exec '${process.execPath}' '${join(modules, '@playwright/test/cli.js')}' "$@" ;;
  playwright-exchange) exec '${process.execPath}' '${join(modules, 'playwright-exchange/dist/cli/main.js')}' "$@" ;;
esac
exit 127
`;

interface Fixtures {
  sandbox: Sandbox;
  /** A project as users have it. */
  project: string;
  exportedToken: string;
  /** Runs a script of a workflow in the project. */
  run(script: string): Promise<{ readonly code: number | null; readonly output: string }>;
}

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  sandbox: async ({}, use) => {
    await using sandbox = await startSandbox();
    await use(sandbox);
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
  project: async ({}, use) => {
    const project = ownPath();
    const manifest = '{ "private": true, "type": "module" }';
    const specs = { 'a.spec.ts': spec('a'), 'b.spec.ts': spec('b') };
    const files = { 'package.json': manifest, 'playwright.config.ts': config, ...specs, npx };
    for (const [name, content] of Object.entries(files)) await writeFile(join(project, name), content);
    await chmod(join(project, 'npx'), 0o755);
    await use(project);
    await rm(project, { recursive: true });
  },
  exportedToken: async ({ sandbox }, use) => {
    const grant = { tenant: 'contoso.com', clientId: 'sandbox', user, scopes: [scope] };
    await use(
      encodeExportedToken({
        v: 1,
        refreshToken: sandbox.tokens.issueRefreshToken(grant),
        issuedAt: new Date().toISOString(),
        fingerprint: { tenantId: 'contoso.com', clientId: 'sandbox', scopes: scope, cloud: sandbox.url, user },
        account: user,
      }),
    );
  },
  run: async ({ sandbox, project, exportedToken }, use) => {
    const env = {
      ...sandbox.env,
      HOME: process.env['HOME'],
      PATH: [project, process.env['PATH']].join(delimiter),
      MS_TENANT_ID: 'contoso.com',
      MS_CLIENT_ID: 'sandbox',
      MS_CLIENT_SECRET: 'sandbox',
      PLAYWRIGHT_EXCHANGE_KEY: 'a-key-of-the-pipeline',
      [tokenVariable('MSOAuthHost')]: exportedToken,
    };
    await use(async (script) => {
      // As both run their scripts: the first command that fails ends it.
      const shell = spawn('bash', ['-e', '-c', script], { cwd: project, env });
      const [stdout, stderr, [code]] = await Promise.all([
        text(shell.stdout),
        text(shell.stderr),
        once(shell, 'close') as Promise<[number | null]>,
      ]);
      return { code, output: stdout + stderr };
    });
  },
});

test.describe.configure({ timeout: 120_000 });

/** The scripts of a workflow that call Playwright: the one that runs a shard, and the one that merges the reports. */
async function scriptsOf(
  workflow: string,
): Promise<{ shard: (index: number, total: number) => string; merge: string }> {
  const { jobs } = parse(await readFile(join(root, 'docs/pipelines', workflow), 'utf8')) as {
    jobs: Record<string, { steps: { run?: string; script?: string }[] }>;
  };
  const scripts = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run, script }) => run ?? script ?? ''));
  const shard = scripts.find((script) => script.includes('--shard'))!;
  const merge = scripts.find((script) => script.includes('merge-reports'))!;
  return {
    merge,
    shard: (index, total) =>
      shard
        .replace(/\$\{\{ matrix\.shard \}\}|\$\(System\.JobPositionInPhase\)/, String(index))
        .replace(/\$\{\{ strategy\.job-total \}\}|\$\(System\.TotalJobsInPhase\)/, String(total)),
  };
}

/** Workflows, and the folder that each has the shards' reports in when it merges them. */
const workflows = [
  ['github-stored-token.yml', 'blob-reports'],
  ['azure-stored-token.yml', 'artifacts'],
] as const;

test('the shards of both workflows, which run the same, pass with one exported token, and make one report', async ({
  project,
  exportedToken,
  run,
}) => {
  const [github, azure] = await Promise.all(workflows.map(([workflow]) => scriptsOf(workflow)));
  for (const index of [1, 2]) {
    const script = github!.shard(index, 2);
    // GitHub's shell ends at what fails by itself.
    expect(azure!.shard(index, 2)).toBe(`set -e\n${script}`);
    const { code, output } = await run(script);
    expect(output).toMatch(/MSOAuthHost: qa@contoso\.com, since .*, good until/);
    expect(code).toBe(0);
    expect(output).not.toContain(exportedToken);
    // Each shard is a machine of its own.
    for (const [, artifacts] of workflows) {
      await cp(join(project, 'blob-report'), join(project, artifacts), { recursive: true });
    }
    expect(await filesThatHold(join(project, 'blob-report'), exportedToken)).toEqual([]);
    await rm(join(project, 'blob-report'), { recursive: true });
    await rm(join(project, 'playwright'), { recursive: true });
  }
  for (const [workflow, artifacts] of workflows) {
    expect((await readdir(join(project, artifacts))).toSorted()).toEqual(['report-1.zip', 'report-2.zip']);
    expect((await run((await scriptsOf(workflow)).merge)).code).toBe(0);
    expect(await readdir(join(project, 'playwright-report'))).toContain('index.html');
    await rm(join(project, artifacts), { recursive: true });
    await rm(join(project, 'playwright-report'), { recursive: true });
  }
});

test('a pipeline whose specs fail says what is wrong with the connection, and fails', async ({ sandbox, run }) => {
  sandbox.tokens.revoke(user);
  const { shard } = await scriptsOf('github-stored-token.yml');
  const { code, output } = await run(shard(1, 2));
  expect(output).toMatch(/✗ sign-in +\d+ ms {2}AUTH_REVOKED\n {6}Revoked: /);
  expect(code).toBe(1);
});
