import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openEwsTransport, type EwsTransportOptions } from '../../src/mail/ews/open-ews-transport.js';
import type { MailTransport } from '../../src/mail/transport.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { createEwsDoor, type EwsDoor, type EwsDoorOptions } from '../../src/sandbox/ews/door.js';
import { noFaults, type Faults } from '../../src/sandbox/faults.js';
import { RequestLog } from '../../src/sandbox/requests/request-log.js';
import type { AccessGrant } from '../../src/sandbox/identity/tokens/tokens.js';
import { MailStore, type StoredMessage } from '../../src/sandbox/store/store.js';

/** The sandbox's EWS door on a port of its own, and what it is asked. */
export interface EwsSandbox extends AsyncDisposable {
  readonly origin: string;
  readonly store: MailStore;
  readonly faults: Faults;
  readonly door: EwsDoor;
  /** The SOAP documents of all requests so far. */
  readonly requests: string[];
  /** Makes another server's answers out of the sandbox's. */
  revise: (answer: string) => string;
  /** Access tokens that are good. */
  readonly tokens: Map<string, AccessGrant>;
  open(options?: Partial<EwsTransportOptions>): Promise<MailTransport>;
  deliver(subject: string, options?: { to?: string; receivedAt?: Date; body?: string }): StoredMessage;
}

export async function startEwsSandbox(doorOptions?: EwsDoorOptions): Promise<EwsSandbox> {
  const store = new MailStore();
  const faults = noFaults();
  const tokens = new Map([['token-1', grant()]]);
  const door = createEwsDoor(
    { store, faults, tokens: { verify: (token) => tokens.get(token) }, requests: new RequestLog() },
    doorOptions,
  );
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const end = response.end.bind(response);
    response.end = ((answer?: string) => end(answer === undefined ? undefined : sandbox.revise(answer))) as typeof end;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => requests.push(Buffer.concat(chunks).toString()));
    void door.handle(request, response, new URL(request.url ?? '/', 'http://127.0.0.1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createHttpClient({ proxy: 'none', ca: [] });
  const opened: MailTransport[] = [];
  const sandbox: EwsSandbox = {
    origin,
    store,
    faults,
    door,
    requests,
    tokens,
    revise: (answer) => answer,
    async open(options) {
      const transport = await openEwsTransport({
        url: `${origin}/EWS/Exchange.asmx`,
        address: 'qa@contoso.com',
        impersonate: false,
        credentials: { type: 'bearer', username: 'qa@contoso.com', appOnly: false, token: async () => 'token-1' },
        http,
        ...options,
      });
      opened.push(transport);
      return transport;
    },
    deliver(subject, { to = 'qa@contoso.com', receivedAt, body = 'Hello' } = {}) {
      return store.deliver({ to: [to], source: mime(subject, to, body), ...(receivedAt && { receivedAt }) })[0]!;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((transport) => transport[Symbol.asyncDispose]()));
      door.close();
      http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return sandbox;
}

export function mime(subject: string, to: string, body: string): Buffer {
  return Buffer.from(
    [
      'From: "Shop & Co" <shop@contoso.com>',
      `To: ${to}`,
      `Subject: ${subject}`,
      `Message-ID: <${Buffer.from(subject).toString('hex')}@contoso.com>`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      body,
    ].join('\r\n'),
  );
}

function grant(): AccessGrant {
  return {
    tenant: 'contoso.com',
    clientId: 'test',
    user: 'qa@contoso.com',
    scopes: ['EWS.AccessAsUser.All'],
    roles: [],
    audience: 'https://outlook.office365.com',
    expiresAt: new Date(Date.now() + 3_600_000),
  };
}
