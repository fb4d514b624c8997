import { ExchangeError } from '../../errors.js';
import type { Interruptions } from './interruptions.js';
import type { SandboxMessage } from '../inbox/sandbox-message.js';
import type { SandboxAttachment, SandboxMail } from '../message/compose-mail.js';
import { noFaults, type Faults } from '../faults.js';
import type { IdentityChanges } from '../identity/identity-changes.js';

/** The same, asked of another process. */
type RemoteInterruptions = { readonly [Name in keyof Interruptions]: () => Promise<void> };

/** A sandbox that runs in another process. */
export interface RemoteSandbox extends RemoteInterruptions {
  /** Where it listens for HTTP. */
  readonly url: string;
  /** Puts a mail into its recipients' mailboxes. */
  deliver(mail: SandboxMail): Promise<void>;
  /**
   * What is in the mailboxes, the last that came first.
   * @param address without a tag, all that is in its mailbox; with one, what was delivered for just that. All, if it is
   * left out
   */
  messages(address?: string): Promise<SandboxMessage[]>;
  /** Sets the faults that are named; `undefined` stands for none. */
  setFaults(changes: Partial<Faults>): Promise<void>;
  /** Ends every fault. */
  clearFaults(): Promise<void>;
  /** Does something to users, apps and tokens: `{ revoke: 'qa@contoso.com' }`. */
  changeIdentity(changes: IdentityChanges): Promise<void>;
}

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
  const post = async (control: string, body: string): Promise<void> => {
    const headers = { 'Content-Type': 'application/json' };
    await ask(new URL(`/sandbox/${control}`, url), { method: 'POST', headers, body });
  };
  const interrupt = (name: keyof Interruptions) => post('interrupt', JSON.stringify({ [name]: true }));
  const setFaults: RemoteSandbox['setFaults'] = (changes) => post('faults', withNulls(changes));
  return {
    url,
    deliver: (mail) => post('deliver', mailJson(mail)),
    async messages(address) {
      const list = new URL('/sandbox/messages', url);
      if (address !== undefined) list.searchParams.set('mailbox', address);
      return readMessages(await (await ask(list)).text());
    },
    setFaults,
    clearFaults: () => setFaults(noFaults()),
    changeIdentity: (changes) => post('identity', withNulls(changes)),
    dropStreams: () => interrupt('dropStreams'),
    dropConnections: () => interrupt('dropConnections'),
    forgetSubscriptions: () => interrupt('forgetSubscriptions'),
  };
}

/** What is undefined says something: JSON would leave it out. */
function withNulls(changes: object): string {
  return JSON.stringify(changes, (_, value: unknown) => (value === undefined ? null : value));
}

/** Octets are written as a text. What is no mail goes as it is: the sandbox says what is wrong with it. */
function mailJson(mail: SandboxMail): string {
  const attachments: unknown = mail?.attachments;
  if (!Array.isArray(attachments)) return JSON.stringify(mail ?? null);
  return JSON.stringify({ ...mail, attachments: attachments.map(withText) });
}

function withText(attachment: SandboxAttachment): SandboxAttachment {
  if (!(attachment?.content instanceof Uint8Array)) return attachment;
  return { ...attachment, content: Buffer.from(attachment.content).toString('base64'), encoding: 'base64' };
}

function readMessages(json: string): SandboxMessage[] {
  const answer = JSON.parse(json) as { readonly messages: readonly SandboxMessage[] };
  return answer.messages.map((message) => ({ ...message, receivedAt: new Date(message.receivedAt) }));
}

async function ask(url: URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new ExchangeError('NETWORK', `The sandbox at ${url.origin} can't be reached.`, { cause });
  });
  if (response.ok) return response;
  const text = await response.text();
  throw new ExchangeError(
    'CONFIGURATION',
    `The sandbox refused ${url.pathname}: ${reasonIn(text).replace(/\.$/, '')}.`,
  );
}

function reasonIn(text: string): string {
  try {
    return String((JSON.parse(text) as { readonly error?: unknown }).error);
  } catch {
    return text.trim();
  }
}
