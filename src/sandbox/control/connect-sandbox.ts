import { ExchangeError } from '../../errors.js';
import type { SandboxMail } from '../message/compose-mail.js';
import { noFaults, type Faults } from '../faults.js';
import type { IdentityChanges } from '../identity/identity-changes.js';

/** A sandbox that runs in another process. */
export interface RemoteSandbox {
  /** Where it listens for HTTP. */
  readonly url: string;
  /** Puts a mail into its recipients' mailboxes. */
  deliver(mail: RemoteMail): Promise<void>;
  /** Sets the faults that are named; `undefined` stands for none. */
  setFaults(changes: Partial<Faults>): Promise<void>;
  /** Ends every fault. */
  clearFaults(): Promise<void>;
  /** Does something to users, apps and tokens: `{ revoke: 'qa@contoso.com' }`. */
  changeIdentity(changes: IdentityChanges): Promise<void>;
}

/** A mail as far as JSON can carry it. */
export type RemoteMail = Pick<SandboxMail, 'to' | 'from' | 'subject' | 'text' | 'html' | 'folder' | 'receivedAt'>;

const variable = 'PLAYWRIGHT_EXCHANGE_SANDBOX';

/**
 * The controls of a sandbox that `sandboxServer()` or the command `playwright-exchange sandbox` started.
 *
 * ```ts
 * const sandbox = connectSandbox();
 * await sandbox.changeIdentity({ revoke: 'qa@contoso.com' });
 * ```
 * @param url - where it listens for HTTP; the variable `PLAYWRIGHT_EXCHANGE_SANDBOX` if it is left out
 * @throws CONFIGURATION where neither says where it is; each method: CONFIGURATION where what it was asked for is
 * wrong, NETWORK where it can't be reached
 */
export function connectSandbox(url = process.env[variable]): RemoteSandbox {
  if (!url || !URL.canParse(url)) {
    throw new ExchangeError('CONFIGURATION', `There is no sandbox to connect to: ${variable} is not set to its URL.`, {
      advice: ['Start it with webServer: sandboxServer() in the Playwright config, or name its URL.'],
    });
  }
  const send = (control: string, body: unknown): Promise<void> => post(new URL(`/sandbox/${control}`, url), body);
  const setFaults: RemoteSandbox['setFaults'] = (changes) => send('faults', changes);
  return {
    url,
    deliver: (mail) => send('deliver', mail),
    setFaults,
    clearFaults: () => setFaults(noFaults()),
    changeIdentity: (changes) => send('identity', changes),
  };
}

async function post(url: URL, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    // JSON leaves out what is undefined.
    body: JSON.stringify(body, (_, value: unknown) => (value === undefined ? null : value)),
  }).catch((cause: unknown) => {
    throw new ExchangeError('NETWORK', `The sandbox at ${url.origin} can't be reached.`, { cause });
  });
  if (response.ok) return;
  const text = await response.text();
  throw new ExchangeError('CONFIGURATION', `The sandbox refused ${url.pathname}: ${reasonIn(text)}.`);
}

function reasonIn(text: string): string {
  try {
    return String((JSON.parse(text) as { readonly error?: unknown }).error);
  } catch {
    return text.trim();
  }
}
