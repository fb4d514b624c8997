import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { linesOf } from '../support/lines-of.js';
import { trusting } from '../support/trusting.js';
import { redirectUrl } from '../unit/sandbox-sign-in.js';

const python = '/usr/bin/python3';
const isInstalled = spawnSync(python, ['-c', 'import msal']).status === 0;

test.skip(!isInstalled && !process.env['CI'], 'msal is missing: apt-get install python3-msal');

test('MSAL for Python signs an app and a person in, renews, and asks on behalf of the person', async () => {
  await using sandbox = await startSandbox({ apps: [{ clientId: 'api', clientSecret: 'secret' }] });
  const authority = `${sandbox.url.replace('http:', 'https:')}/contoso.com`;
  const env = await trusting(sandbox);
  expect(await linesOf(python, ['tests/interop/msal_client.py', authority, redirectUrl], { env })).toEqual([
    { step: 'app', said: ['access_token'] },
    { step: 'wrong secret', said: [7_000_215] },
    { step: 'person', said: ['access_token', 'id_token', 'refresh_token'] },
    { step: 'again', said: ['access_token', 'id_token', 'refresh_token'] },
    { step: 'on behalf', said: ['access_token', 'id_token', 'refresh_token'] },
  ]);
});
