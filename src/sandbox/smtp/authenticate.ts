import type { AccessGrant } from '../identity/tokens/tokens.js';
import { readBearer, readPlain } from '../server/sasl-response.js';
import { refuse, strikeRefusal } from './refusals.js';
import { reply, writeReply, type Reply } from './reply.js';
import type { SmtpSession } from './session.js';

const audiences = ['https://outlook.office.com', 'https://outlook.office365.com'];

/** An access token takes a few thousand octets. */
const responseLimit = 64 * 1024;

/** Answers AUTH (RFC 4954): an access token that may send as the user, or the password. */
export async function authenticate(session: SmtpSession, text: string): Promise<Reply> {
  const [name = '', initial] = text.trim().split(/ +/);
  const mechanism = mechanisms[name.toUpperCase()];
  const isOffered = mechanism && !(session.isStrict && mechanism === mechanisms['PLAIN']);
  if (!isOffered) return reply(504, '5.7.4 Unrecognized authentication type');
  if (session.user !== undefined) return reply(503, '5.5.2 Already authenticated');
  const user = await mechanism(session, initial);
  if (user === 'called off') return reply(501, '5.7.0 Authentication canceled');
  const refused = strikeRefusal('AUTH', session);
  if (refused) return refused;
  if (user === undefined) return reply(535, `5.7.3 Authentication unsuccessful ${session.mark}`);
  if (hasTooMany(user, session)) return refuse('4.3.2', session);
  session.user = user;
  return reply(235, '2.7.0 Authentication successful');
}

function hasTooMany(user: string, { rooms: { faults, sessions } }: SmtpSession): boolean {
  const open = [...sessions].filter((session) => session.user === user).length;
  return faults.maxSmtpConnections > 0 && open >= faults.maxSmtpConnections;
}

/** Who signed in; nobody where it failed. */
type Mechanism = (session: SmtpSession, initial: string | undefined) => Promise<string | undefined>;

const mechanisms: Readonly<Record<string, Mechanism>> = {
  /** RFC 4616 */
  async PLAIN(session, initial) {
    const response = initial ?? (await ask(session, ''));
    if (response === '*') return 'called off';
    const { user, password } = readPlain(decode(response));
    return withPassword(session, user, password);
  },
  async LOGIN(session, initial) {
    const user = initial ?? (await ask(session, 'Username:'));
    const password = user === '*' ? '*' : await ask(session, 'Password:');
    return password === '*' ? 'called off' : withPassword(session, decode(user), decode(password));
  },
  /** https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
  async XOAUTH2(session, initial) {
    const response = initial ?? (await ask(session, ''));
    if (response === '*') return 'called off';
    const { user, token } = readBearer(decode(response));
    const grant = session.rooms.tokens.verify(token);
    if (user && grant && maySend(grant, user)) return user;
    // Exchange Online turns a bad token away without saying why.
    if (!session.rooms.isExchange) await ask(session, JSON.stringify(why));
    return undefined;
  },
};

const why = { status: '401', schemes: 'bearer', scope: 'https://outlook.office.com/SMTP.Send' };

function withPassword({ rooms }: SmtpSession, user: string, password: string): string | undefined {
  return user !== '' && password === rooms.password ? user.toLowerCase() : undefined;
}

function maySend({ audience, user, roles, scopes }: AccessGrant, sender: string): boolean {
  if (!audiences.includes(audience)) return false;
  return user === undefined ? roles.includes('SMTP.SendAsApp') : user === sender && scopes.includes('SMTP.Send');
}

async function ask({ connection }: SmtpSession, challenge: string): Promise<string> {
  await connection.write(writeReply(reply(334, Buffer.from(challenge).toString('base64'))));
  return await connection.line(responseLimit);
}

function decode(response: string): string {
  return response === '=' ? '' : Buffer.from(response, 'base64').toString('utf8');
}
