import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { test as base } from '@playwright/test';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { ResolvedSmtp } from '../../src/config/resolved.js';
import { SmtpSender, type SmtpSenderOptions } from '../../src/mail/imap/smtp-sender.js';

interface Fixtures {
  /** Starts a server that takes a person with a password and a token, and a sender to it. */
  open: (
    server?: SMTPServerOptions,
    options?: Partial<SmtpSenderOptions & Pick<ResolvedSmtp, 'security'>>,
  ) => Promise<Opened>;
}

interface Opened {
  readonly sender: SmtpSender;
  /** A sender of another process. */
  readonly other: SmtpSender;
  /** What has been handed in, a line each: `from to[,to] subject`. */
  readonly taken: string[];
  readonly connections: () => number;
  /** Ends all connections. */
  readonly drop: () => void;
}

export const address = 'qa@contoso.com';
export const password = { type: 'basic', username: address, password: 'p4ssw0rd' } as const;

export const test = base.extend<Fixtures, { tls: { key: string; cert: string } }>({
  tls: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off the pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'smtp-'));
      const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
      const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost'];
      const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert];
      execFileSync('openssl', [...request, ...names], { stdio: 'pipe' });
      await use({ key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') });
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  open: async ({ tls }, use) => {
    const opened: (() => Promise<void>)[] = [];
    await use(async (serverOptions = {}, { security = 'starttls', ...options } = {}) => {
      const taken: string[] = [];
      let connections = 0;
      const server = new SMTPServer({
        ...tls,
        secure: security === 'tls',
        logger: false,
        authMethods: ['XOAUTH2', 'PLAIN'],
        disableReverseLookup: true,
        onConnect: (_session, callback) => {
          connections++;
          callback();
        },
        onAuth: ({ password: secret, accessToken }, _session, callback) => {
          if (secret === password.password || accessToken === 'good') callback(null, { user: address });
          else callback(reply(535, '5.7.3 Authentication unsuccessful'));
        },
        onData: callbackify(async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession) => {
          const source = await buffer(stream);
          const to = envelope.rcptTo.map((recipient) => recipient.address).join(',');
          taken.push(`${envelope.mailFrom ? envelope.mailFrom.address : ''} ${to} ${subjectOf(source)}`);
        }),
        ...serverOptions,
      });
      server.on('error', () => {});
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.server.address() as AddressInfo;
      const smtp = { host: 'localhost', port, security, keepsCopy: true };
      const [sender, other] = [1, 2].map(
        () =>
          new SmtpSender({
            smtp,
            address,
            credentials: password,
            proxy: 'none',
            ca: [tls.cert],
            signInTimeout: 60_000,
            ...options,
          }),
      ) as [SmtpSender, SmtpSender];
      opened.push(async () => {
        sender.close();
        other.close();
        await new Promise<void>((resolve) => server.close(() => resolve()));
      });
      const drop = (): void => {
        for (const connection of server.connections) connection.close();
      };
      return { sender, other, taken, connections: () => connections, drop };
    });
    for (const close of opened) await close();
  },
});

/** An error that the server answers with. */
export function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

function subjectOf(source: Buffer): string {
  return /^Subject: (.*)$/m.exec(source.toString())?.[1]?.trim() ?? '';
}
