import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { authoriseAlone } from './authorise-alone.js';
import { password, test, unreachableUrl } from './authorise-project.js';
import { signIn } from './person.js';

test.describe.configure({ timeout: 180_000 });

/** A web server where the redirect URL points to, and what it was asked for. */
async function serveRedirect(): Promise<AsyncDisposable & { readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/callback?mode=a`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('a redirect URL that is reachable gets nothing, the code least of all', async ({ sandbox, person }) => {
  await using server = await serveRedirect();
  const [{ output, exitCode }] = await Promise.all([
    authoriseAlone({ sandbox, person, auth: { redirectUrl: server.url } }),
    person.act((page) => signIn(page, password)),
  ]);
  expect(exitCode, output).toBe(0);
  expect(server.asked).toEqual([]);
});

for (const [what, redirectUrl] of [
  ['that nothing answers', unreachableUrl],
  ['that something answers', undefined],
] as const) {
  test(`an answer by a redirect (302), to a URL ${what}, is seen all the same`, async ({ sandbox, person }) => {
    await using server = await serveRedirect();
    sandbox.faults.ignoreFormPost = true;
    const [{ output, exitCode }] = await Promise.all([
      authoriseAlone({ sandbox, person, auth: { redirectUrl: redirectUrl ?? server.url } }),
      person.act((page) => signIn(page, password)),
    ]);
    expect(output).toContain('qa@contoso.com is signed in');
    expect(exitCode).toBe(0);
  });
}
