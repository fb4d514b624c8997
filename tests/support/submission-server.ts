import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import type { LmtpClient } from './lmtp-client.js';

export interface SubmissionServer extends AsyncDisposable {
  readonly port: number;
  /** How many connections have been made to it. */
  readonly connections: number;
}

export interface SubmissionOptions {
  /** Where mail goes from here. */
  readonly lmtp: Pick<LmtpClient, 'deliver'>;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly signIn: (user: string, secret: string, method: string) => boolean;
}

/** Takes mail over SMTP with STARTTLS from who signs in, and hands it on. */
export async function startSubmissionServer({ lmtp, tls, signIn }: SubmissionOptions): Promise<SubmissionServer> {
  let connections = 0;
  const server = new SMTPServer({
    ...tls,
    logger: false,
    authMethods: ['XOAUTH2', 'PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    onConnect(_session, callback) {
      connections++;
      callback();
    },
    onAuth(auth, _session, callback) {
      const { username = '', password, accessToken, method } = auth;
      if (signIn(username, accessToken ?? password ?? '', method)) callback(null, { user: username });
      else callback(Object.assign(new Error('5.7.3 Authentication unsuccessful'), { responseCode: 535 }));
    },
    onData: callbackify(async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession) => {
      const { mailFrom, rcptTo } = envelope;
      const raw = await buffer(stream);
      await lmtp.deliver({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
        raw,
      });
    }),
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
