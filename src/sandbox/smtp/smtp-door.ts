import { finished } from 'node:stream/promises';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { collect } from '../../async/collect.js';
import type { Certificate } from '../server/certificate.js';
import { smtpRecorder } from '../requests/record-smtp.js';
import type { RequestLog } from '../requests/request-log.js';
import type { SandboxRooms } from '../server/door.js';
import { Rate } from '../server/rate.js';
import { listen, type Listener } from '../server/listen.js';
import type { MailStore } from '../store/store.js';
import { authenticate } from './authenticate.js';
import { stripBcc } from './strip-bcc.js';

export interface SmtpDoorOptions {
  readonly port: number;
  /** The password of every user. */
  readonly password: string;
  readonly certificate: Certificate;
  /** Whether mail is taken from authenticated clients only. */
  readonly requireAuth: boolean;
}

/** What Exchange Online takes at most. */
const sizeLimit = 150 * 1024 * 1024;

/** The door where mail is handed in: SMTP submission (RFC 6409), with STARTTLS and AUTH. */
export function openSmtpDoor(
  { store, tokens, faults, requests }: SandboxRooms & { readonly requests: RequestLog },
  options: SmtpDoorOptions,
): Promise<Listener> {
  const rate = new Rate(60_000);
  const smtp = new SMTPServer({
    name: 'sandbox.invalid',
    logger: smtpRecorder(requests),
    size: sizeLimit,
    authMethods: ['XOAUTH2', 'PLAIN', 'LOGIN'],
    authOptional: !options.requireAuth,
    allowInsecureAuth: true,
    cert: options.certificate.cert,
    key: options.certificate.key,
    // Not advertised: a client that upgrades when it can would verify a certificate whose signer it does not know.
    hideSTARTTLS: true,
    disableReverseLookup: true,
    onAuth: (auth, _session, callback) => callback(null, authenticate(auth, { tokens, password: options.password })),
    onMailFrom: (_address, { user }, callback) => {
      const isTooMuch = user !== undefined && rate.admit(user, faults.sendsPerMinute) > 0;
      callback(isTooMuch ? tooMuch() : null);
    },
    onData: callbackify((stream: SMTPServerDataStream, session: SMTPServerSession) => accept(store, stream, session)),
  });
  // A client that vanishes is nobody's error here.
  smtp.on('error', () => {});
  return listen(smtp.server, options.port, 'SMTP');
}

/** https://learn.microsoft.com/exchange/mail-flow/message-rate-limits */
function tooMuch(): Error {
  const said = '4.4.2 Message submission rate for this client has exceeded the configured limit';
  return Object.assign(new Error(said), { responseCode: 421 });
}

async function accept(store: MailStore, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const source = await collect(stream.iterator({ destroyOnReturn: false }), sizeLimit);
  if (!source) {
    await finished(stream.resume());
    throw Object.assign(new Error('5.3.4 Message size exceeds fixed maximum message size'), { responseCode: 552 });
  }
  const to = session.envelope.rcptTo.map(({ address }) => address);
  store.deliver({ to, source: stripBcc(source) });
  // Microsoft 365 keeps a copy of what a user submits.
  if (session.user)
    store
      .account(session.user)
      .folder('sentitems')
      .add({ source, flags: ['\\Seen'] });
}
