import { Connection } from '../../src/mail/connection.js';
import type { Credentials } from '../../src/mail/credentials.js';
import { openImapTransport } from '../../src/mail/imap/open-imap-transport.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { maildir } from '../support/dovecot.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import type { ContractMail } from './contract-server.js';
import { startDovecotServer } from './dovecot-server.js';
import { sandboxMail } from './sandbox-mail.js';

/** A server whose weather is made by a wire in front of it, plain text so that the wire can read. */
export interface WeatherServer extends AsyncDisposable {
  readonly account: string;
  readonly wire: TcpProxy;
  connect(options?: WeatherOptions): Promise<Connection>;
  deliver(mail: ContractMail): Promise<void>;
  restart(): Promise<void>;
  /** A token to sign in with. */
  token(): Promise<string>;
  /** Puts so many messages into the inbox, addressed to nobody in particular. */
  fill(count: number): Promise<void>;
}

export interface WeatherOptions {
  readonly credentials?: Credentials;
  /** How long the server may be silent, in milliseconds. */
  readonly socketTimeout?: number;
}

const account = 'qa@contoso.com';
const password = 'secret';

export async function startSandboxWeather(): Promise<WeatherServer> {
  const sandbox = await startSandbox();
  const wire = await startTcpProxy(sandbox.imap.port);
  const inbox = sandbox.store.account(account).folder('inbox');
  return {
    ...common(wire, sandbox.url),
    deliver: sandboxMail(sandbox, account).deliver,
    restart: () => sandbox.restart(),
    async fill(count) {
      for (let index = 0; index < count; index++) inbox.add({ source: Buffer.from(filler(index)) });
    },
    async [Symbol.asyncDispose]() {
      for (const server of [wire, sandbox]) await server[Symbol.asyncDispose]();
    },
  };
}

export async function startDovecotWeather(): Promise<WeatherServer> {
  const server = await startDovecotServer(maildir);
  const wire = await startTcpProxy(server.dovecot.imapPort);
  return {
    ...common(wire, server.sandbox.url),
    deliver: (mail) => server.deliver(mail),
    restart: () => server.restart(),
    fill: (count) =>
      server.dovecot.fill(
        account,
        Array.from({ length: count }, (_, index) => filler(index)),
      ),
    async [Symbol.asyncDispose]() {
      for (const each of [wire, server]) await each[Symbol.asyncDispose]();
    },
  };
}

function common(wire: TcpProxy, signIn: string): Pick<WeatherServer, 'account' | 'wire' | 'connect' | 'token'> {
  return {
    account,
    wire,
    connect: ({ credentials, socketTimeout } = {}) =>
      openConnection(wire, {
        credentials: credentials ?? { type: 'basic', username: account, password },
        ...(socketTimeout !== undefined && { socketTimeout }),
      }),
    token: () => fetchToken(signIn),
  };
}

async function openConnection(
  wire: TcpProxy,
  { credentials, ...options }: WeatherOptions & { readonly credentials: Credentials },
): Promise<Connection> {
  const imap = { host: '127.0.0.1', port: wire.port, security: 'none' } as const;
  const network = { proxy: 'none', ca: [] };
  const transport = await openImapTransport({
    ...network,
    ...options,
    imap,
    smtp: undefined,
    address: account,
    isShared: false,
    credentials,
    pollIntervals: { withPush: 250, withoutPush: 250 },
  });
  return new Connection({ name: 'weather', addressing: 'plus' }, transport, { release: async () => {} });
}

/** RFC 6749 section 4.4. */
async function fetchToken(signIn: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'sandbox',
    client_secret: 'sandbox',
    scope: 'https://outlook.office365.com/.default',
  });
  const answer = await fetch(`${signIn}/contoso.com/oauth2/v2.0/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

function filler(index: number): string {
  return [
    'From: shop@contoso.com',
    'To: everybody@contoso.com',
    `Subject: Old ${index}`,
    `Message-ID: <old-${index}@contoso.com>`,
    '',
    'Old news',
    '',
  ].join('\r\n');
}
