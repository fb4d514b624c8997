import { ImapFlow } from 'imapflow';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { ImapDefinition, OAuth2Definition } from '../../src/config/index.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { startDovecot, type Dovecot } from '../support/dovecot.js';
import { startIntrospection, type IntrospectionServer } from '../support/introspection.js';
import { LmtpClient } from '../support/lmtp-client.js';
import { startSubmissionServer, type SubmissionServer } from '../support/submission-server.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import type { ContractMail, ContractServer } from './contract-server.js';

const account = 'qa@contoso.com';
const paths = { inbox: 'INBOX', junkemail: 'Junk' } as const;

/** Dovecot with submission before it, and the sandbox to sign in at. */
export interface DovecotServer extends ContractServer {
  readonly dovecot: Dovecot;
  readonly sandbox: Sandbox;
  readonly submission: SubmissionServer;
  readonly introspection: IntrospectionServer;
  restart(meanwhile?: (dovecot: Dovecot) => Promise<void>): Promise<void>;
  /** What stands between the client and Dovecot. */
  readonly wire: TcpProxy;
  /** The connection to it, with TLS at once. */
  readonly definition: ImapDefinition;
  /** Speaks IMAP to it behind the client's back. */
  withClient<T>(run: (client: ImapFlow) => Promise<T>): Promise<T>;
}

/** `settings`: further ones for Dovecot, in the words of dovecot.conf. */
export async function startDovecotServer(settings = ''): Promise<DovecotServer> {
  const sandbox = await startSandbox();
  const introspection = await startIntrospection((token) =>
    sandbox.tokens.verify(token)?.roles.includes('IMAP.AccessAsApp') ? account : undefined,
  );
  const dovecot = await startDovecot({ introspectionUrl: introspection.url, settings });
  const { imapPort, imapsPort, lmtpPort, tls, password } = dovecot;
  const lmtp = new LmtpClient(lmtpPort);
  const wire = await startTcpProxy(imapsPort);
  const submission = await startSubmissionServer({
    lmtp,
    tls,
    signIn: (user, secret, method) =>
      user === account && (method === 'XOAUTH2' ? sandbox.tokens.verify(secret) !== undefined : secret === password),
  });
  const definition: ImapDefinition = {
    protocol: 'imap',
    host: 'localhost',
    port: wire.port,
    smtp: { port: submission.port, keepsCopy: false },
    user: account,
    auth: sandboxApp(sandbox),
    addressing: 'plus',
    proxy: 'none',
    tls: { ca: tls.cert },
  };

  async function withClient<T>(run: (client: ImapFlow) => Promise<T>): Promise<T> {
    const auth = { user: account, pass: password };
    const options = { host: '127.0.0.1', port: imapPort, secure: false, doSTARTTLS: false, disableAutoIdle: true };
    const client = new ImapFlow({ ...options, auth, logger: false });
    await client.connect();
    try {
      return await run(client);
    } finally {
      client.close();
    }
  }

  async function deliver(mail: ContractMail): Promise<void> {
    const { raw, to } = await compose(mail);
    if (!mail.folder && !mail.receivedAt) return await lmtp.deliver({ from: 'shop@contoso.com', to, raw });
    await withClient((client) => client.append(paths[mail.folder ?? 'inbox'], raw, [], mail.receivedAt));
  }

  async function restart(meanwhile?: (dovecot: Dovecot) => Promise<void>): Promise<void> {
    await dovecot.stop();
    await meanwhile?.(dovecot);
    await dovecot.start();
    lmtp.reconnect();
  }

  // A restart takes a second: one is as good as many.
  const quick: readonly (() => void | Promise<void>)[] = [
    () => dovecot.endSessions(),
    () => wire.cut(),
    () => void (introspection.refuse = 1),
    () => wire.close(),
  ];
  const troubles = [...quick, () => restart(), ...quick, ...quick];
  let next = 0;

  return {
    account,
    dovecot,
    sandbox,
    submission,
    introspection,
    wire,
    definition,
    withClient,
    deliver,
    deliverSource: (to, source) => lmtp.deliver({ from: 'shop@contoso.com', to: [to], raw: Buffer.from(source) }),
    connect: ({ addressing } = {}) =>
      openConnection('dovecot', { ...definition, ...(addressing && { addressing }) }, {}),
    move: (subject, from, to) =>
      inFolder(withClient, from, async (client) => {
        await client.messageMove(await uidsOf(client, subject), paths[to], { uid: true });
      }),
    isRead: (subject) =>
      inFolder(withClient, 'inbox', async (client) => {
        const [uid] = await uidsOf(client, subject);
        const message = uid !== undefined && (await client.fetchOne(String(uid), { flags: true }, { uid: true }));
        return message ? message.flags?.has('\\Seen') : undefined;
      }),
    disturb: async () => {
      await troubles[next++ % troubles.length]!();
    },
    restart,
    async [Symbol.asyncDispose]() {
      lmtp.close();
      for (const server of [wire, submission, dovecot, introspection, sandbox]) await server[Symbol.asyncDispose]();
    },
  };
}

/** The sandbox's own app registration, without a user. */
export function sandboxApp({ url }: Sandbox): OAuth2Definition {
  const app = { tenantId: 'contoso.com', clientId: 'sandbox', clientSecret: 'sandbox' };
  return { type: 'oauth2', grant: 'client_credentials', ...app, cloud: url as `http://${string}` };
}

async function inFolder<T>(
  withClient: DovecotServer['withClient'],
  folder: keyof typeof paths,
  run: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  return await withClient(async (client) => {
    await client.mailboxOpen(paths[folder]);
    return await run(client);
  });
}

async function uidsOf(client: ImapFlow, subject: string): Promise<number[]> {
  const rows = await client.fetchAll('1:*', { uid: true, envelope: true }, { uid: true });
  return rows.filter(({ envelope }) => envelope?.subject === subject).map(({ uid }) => uid);
}

async function compose(mail: ContractMail): Promise<{ raw: Buffer; to: string[] }> {
  const { to, cc, bcc, from = 'shop@contoso.com', subject, text = '', html } = mail;
  const node = new MailComposer({ from, to: [to].flat(), cc, bcc, subject, text, html }).compile();
  return { raw: await node.build(), to: node.getEnvelope().to };
}
