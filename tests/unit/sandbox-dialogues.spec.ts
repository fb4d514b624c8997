import { connect } from 'node:tls';
import { expect, test } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { dialogues, patternOf, type Dialogue } from '../support/dialogues.js';
import { ImapClient } from './sandbox-imap-client.js';
import { askForTokens, smtpScope, user } from './sandbox-sign-in.js';
import { SmtpClient } from './sandbox-smtp-client.js';

let sandbox: Sandbox;
const said = new Map<string, string>();
test.beforeAll(async () => {
  sandbox = await startSandbox({ requireSmtpAuth: true });
  const scopes = ['https://outlook.office.com/IMAP.AccessAsUser.All', smtpScope];
  const refreshToken = sandbox.tokens.issueRefreshToken({ tenant: 'contoso.com', clientId: 'sandbox', user, scopes });
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: scopes.join(' ') };
  const token = String((await askForTokens(sandbox, form)).body['access_token']);
  const withToken = (text: string): string => btoa(`user=${user}\x01auth=Bearer ${text}\x01\x01`);
  said.set('{token}', withToken(token)).set('{wrong token}', withToken('none'));
  said
    .set('{password}', btoa(`\0${user}\0secret`))
    .set('{user}', btoa(user))
    .set('{password alone}', btoa('secret'));
});
test.afterAll(() => sandbox.close());

/** How the sandbox is brought to answer so. */
const before: Readonly<Record<string, () => void>> = {
  'imap/not-connected': () => (sandbox.faults.notConnected = 2),
  'smtp/authentication-disabled': () => (sandbox.faults.smtpRefusal = { code: '5.7.139', times: 1 }),
  'smtp/too-many-connections': () => (sandbox.faults.smtpRefusal = { code: '4.3.2', times: 1 }),
  'smtp/send-as-denied': () => (sandbox.faults.smtpRefusal = { code: '5.2.252', times: 1 }),
};

function fill(text: string): string {
  return text.replace(/\{[^}]+\}/g, (name) => said.get(name) ?? name);
}

/** Says the client's part; what the server says is to be as recorded. */
async function follow(
  { turns }: Dialogue,
  { say, next }: { readonly say: (line: string) => void; readonly next: () => Promise<string | undefined> },
): Promise<void> {
  for (const { who, text } of turns)
    if (who === 'C') say(fill(text));
    else expect(await next()).toMatch(patternOf(text));
}

for (const recorded of dialogues('imap'))
  test(`the sandbox answers ${recorded.name} as recorded at ${recorded.source}`, async () => {
    before[recorded.name]?.();
    const { host, tlsPort } = sandbox.imap;
    await using client = new ImapClient(connect({ host, port: tlsPort, ca: sandbox.ca }));
    await follow(recorded, { say: (line) => client.send(`${line}\r\n`), next: () => client.next() });
  });

for (const recorded of dialogues('smtp'))
  test(`the sandbox answers ${recorded.name} as recorded at ${recorded.source}`, async () => {
    before[recorded.name]?.();
    await using client = new SmtpClient(sandbox);
    const reply = async (): Promise<string | undefined> => {
      const text = await client.reply();
      if (text === '220 2.0.0 SMTP server ready') client.startTls(sandbox.ca);
      return text;
    };
    await follow(joined(recorded), { say: (line) => client.send(`${line}\r\n`), next: reply });
  });

/** The lines of a reply as one. */
function joined({ turns, ...recorded }: Dialogue): Dialogue {
  const whole: Dialogue['turns'][number][] = [];
  for (const turn of turns) {
    const last = whole.at(-1);
    if (turn.who === 'S' && last?.who === 'S') whole.splice(-1, 1, { who: 'S', text: `${last.text}\n${turn.text}` });
    else whole.push(turn);
  }
  return { ...recorded, turns: whole };
}

test('each dialogue names where it is shown', () => {
  const all = ['imap', 'smtp'].flatMap((service) => dialogues(service));
  expect(all.filter(({ source }) => !source.startsWith('https://'))).toEqual([]);
  expect(Object.keys(before).filter((name) => !all.some((recorded) => recorded.name === name))).toEqual([]);
});
