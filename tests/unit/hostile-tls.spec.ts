import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { expect, test } from '@playwright/test';
import { SMTPServer } from 'smtp-server';
import type { Security } from '../../src/config/types.js';
import { openImapTransport } from '../../src/mail/imap/open-imap-transport.js';
import { SmtpSender } from '../../src/mail/imap/smtp-sender.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { createCertificate, type Certificate } from '../../src/sandbox/server/certificate.js';
import { failureOf } from '../support/failure-of.js';
import { certificate, key } from './network-servers.js';

const day = [-1, 365] as const;
const faults = [
  ['an unknown authority', { days: day, isKnown: false }, /issued by an authority that is not trusted[^]*tls\.ca/],
  ['an expired certificate', { days: [-30, -1], isKnown: true }, /certificate has expired[^]*renewed/],
  ['a certificate of the future', { days: [1, 30], isKnown: true }, /not valid yet[^]*clock/],
  [
    'a certificate for another host',
    { days: day, isKnown: true, host: 'mail.contoso.com' },
    /certificate is for mail\.contoso\.com, 127\.0\.0\.1, not for localhost[^]*use a host name/,
  ],
] as const;

const selfSigned: Certificate = { ca: certificate, cert: certificate, key };

type Leg = (server: Certificate, ca: readonly string[]) => Promise<unknown>;

const legs: Readonly<Record<string, Leg>> = {
  HTTP: overHttp,
  IMAP: (server, ca) => overImap(server, ca, 'tls'),
  'IMAP with STARTTLS': (server, ca) => overImap(server, ca, 'starttls'),
  SMTP: (server, ca) => overSmtp(server, ca, 'tls'),
  'SMTP with STARTTLS': (server, ca) => overSmtp(server, ca, 'starttls'),
};

for (const [name, leg] of Object.entries(legs)) {
  test.describe(name, () => {
    for (const [what, { isKnown, ...options }, words] of faults) {
      test(`${what} is refused, and says so`, async () => {
        const issued = createCertificate(options);
        const error = await failureOf(leg(issued, isKnown ? [issued.ca] : []));
        expect(error).toMatchObject({ code: 'NETWORK', transient: false });
        expect(error.message).toMatch(words);
        expect(error.message).toContain('localhost:');
      });
    }

    test('a certificate that vouches for itself is refused, and says so', async () => {
      const error = await failureOf(leg(selfSigned, []));
      expect(error).toMatchObject({ code: 'NETWORK', transient: false });
      expect(error.message).toMatch(/self-signed certificate is not trusted[^]*tls\.ca/);
    });

    test('no switch of Node turns that off', async () => {
      const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      try {
        expect((await failureOf(leg(createCertificate(), []))).message).toMatch(/not trusted/);
      } finally {
        if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
        else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
      }
    });

    test('an authority in tls.ca is trusted', async () => {
      const issued = createCertificate();
      await leg(issued, [issued.ca]);
    });
  });
}

async function overHttp(issued: Certificate, ca: readonly string[]): Promise<void> {
  await using server = await listen(createHttpsServer(issued, (_, response) => response.end('ok')));
  const http = createHttpClient({ proxy: 'none', ca });
  try {
    await http.request({ method: 'GET', url: `https://localhost:${server.port}` });
  } finally {
    http.close();
  }
}

async function overImap(issued: Certificate, ca: readonly string[], security: Security): Promise<void> {
  const greet = (socket: Socket): void => {
    socket.on('error', () => {});
    socket.write('* OK ready\r\n');
    socket.on('data', (data) => answerImap(socket, data.toString(), issued));
  };
  await using server = await listen(security === 'tls' ? createTlsServer(issued, greet) : createTcpServer(greet));
  await using transport = await openImapTransport({
    imap: { host: 'localhost', port: server.port, security },
    smtp: undefined,
    proxy: 'none',
    ca,
    credentials: { type: 'basic', username: 'qa', password: 'secret' },
    address: 'qa@contoso.com',
    isShared: false,
  });
  await transport.folder('inbox');
}

/** As much of IMAP as it takes to get to an INBOX. */
function answerImap(socket: Socket, line: string, issued: Certificate): void {
  const [tag = '', command = ''] = line.split(/\s/);
  const capabilities = '* CAPABILITY IMAP4rev1 STARTTLS IDLE UIDPLUS\r\n';
  const untagged: Readonly<Record<string, string>> = {
    CAPABILITY: capabilities,
    LIST: '* LIST () "/" INBOX\r\n',
    NAMESPACE: '* NAMESPACE (("" "/")) NIL NIL\r\n',
    SELECT: '* 0 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 1] ok\r\n',
  };
  socket.write(`${untagged[command.toUpperCase()] ?? ''}${tag} OK done\r\n`);
  if (command.toUpperCase() !== 'STARTTLS') return;
  socket.removeAllListeners('data');
  const secured = new TLSSocket(socket, { isServer: true, ...issued });
  secured.on('error', () => {});
  secured.on('data', (data) => answerImap(secured, data.toString(), issued));
}

async function overSmtp(
  { cert, key: privateKey }: Certificate,
  ca: readonly string[],
  security: Security,
): Promise<void> {
  const smtp = new SMTPServer({
    key: privateKey,
    cert,
    secure: security === 'tls',
    logger: false,
    disableReverseLookup: true,
    onAuth: (_auth, _session, callback) => callback(null, { user: 'qa' }),
    onData: (stream, _session, callback) => void stream.resume().on('end', () => callback(null)),
  });
  smtp.on('error', () => {});
  const server = await listen(smtp.server);
  const address = 'qa@contoso.com';
  const sender = new SmtpSender({
    smtp: { host: 'localhost', port: server.port, security, keepsCopy: true },
    address,
    credentials: { type: 'basic', username: 'qa', password: 'secret' },
    proxy: 'none',
    ca,
    signInTimeout: 60_000,
  });
  try {
    const envelope = { from: address, to: [address] };
    await sender.send({ envelope, source: Buffer.from('Subject: x\r\n\r\nx'), messageId: '<x@contoso.com>' });
  } finally {
    sender.close();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  }
}

async function listen(server: Server): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
