import { expect, test } from '@playwright/test';
import { sandboxConnection } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { failureOf } from '../support/failure-of.js';
import { sandboxPerson } from './sandbox-person.js';

for (const [protocol, who] of [
  ['graph', 'an app'],
  ['graph', 'a person'],
  ['ews', 'a person'],
] as const)
  test(`over ${protocol}, ${who} whose token is refused for its claims asks once for one that has them`, async () => {
    await using sandbox = await startSandbox();
    const definition = sandboxConnection({
      protocol,
      user: 'qa@contoso.com',
      url: sandbox.url as `http://${string}`,
    });
    await using connection =
      who === 'a person'
        ? (await sandboxPerson(sandbox, definition)).connection
        : await openConnection('sandbox', definition, {});
    const mailbox = await connection.mailbox(undefined, { timeout: 20_000 });
    sandbox.faults.claimsChallenges = 1;
    await sandbox.deliver({ to: mailbox.address, subject: 'Hello' });
    await mailbox.waitForMessage({ subject: 'Hello' });
    expect(sandbox.faults.claimsChallenges).toBe(0);
    const before = await tokenRequests(sandbox);
    expect(before.at(-1)).toMatch(/claims=\{"access_token":\{"nbf":\{"essential":true,"value":"\d+"\}\}/);

    sandbox.faults.claimsChallenges = 1000;
    const error = await failureOf(mailbox.find({ subject: 'Hello' }));
    expect(error.code).toBe('AUTH_POLICY');
    expect(error.message).toContain('TokenIssuedBeforeRevocationTimestamp');
    expect(error.message).toContain('a policy of the tenant');
    expect((await tokenRequests(sandbox)).length - before.length).toBeLessThanOrEqual(2);
  });

/** What was asked of the token endpoint, the first first. */
async function tokenRequests(sandbox: Sandbox): Promise<string[]> {
  const listed = await fetch(`${sandbox.url}/sandbox/requests`);
  const { requests } = (await listed.json()) as { requests: { id: number; title: string }[] };
  const asked = requests.filter(({ title }) => title.includes('/oauth2/v2.0/token')).toReversed();
  const whole = asked.map(async ({ id }) => (await fetch(`${sandbox.url}/sandbox/requests/${id}`)).json());
  return (await Promise.all(whole)).map(({ request }: { request: string }) => decodeURIComponent(request));
}
