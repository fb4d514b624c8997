import { authenticate } from './authenticate.js';
import { extensions, sizeLimit } from './hello.js';
import { readPath } from './path-arguments.js';
import { readData } from './read-data.js';
import { refuse, strikeRefusal } from './refusals.js';
import { reply, writeReply, type Reply } from './reply.js';
import { hostName, type SmtpSession } from './session.js';
import { submit } from './submit.js';

type SmtpCommand = (session: SmtpSession, text: string) => Reply | Promise<Reply>;

/** Exchange Online takes a thousand: https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits */
const maxRecipients = 1000;

/** So that a mail of chunks of one octet takes no more memory than another. */
const maxChunks = 10_000;

const tooLarge = reply(552, '5.3.4 Message size exceeds fixed maximum message size');
const noRecipients = reply(503, '5.5.2 Need rcpt command');

/** The commands by name (RFC 5321 section 4.1.1). */
export const commands: Readonly<Record<string, SmtpCommand>> = {
  EHLO: (session, text) => greet(session, text) ?? extensions(session),
  HELO: (session, text) => greet(session, text) ?? reply(250, `${hostName} Hello [127.0.0.1]`),
  STARTTLS(session) {
    const { connection, rooms } = session;
    if (connection.isEncrypted) return reply(503, '5.5.2 Only one STARTTLS command can be sent');
    session.reset();
    return { ...reply(220, '2.0.0 SMTP server ready'), afterwards: () => connection.startTls(rooms.certificate) };
  },
  AUTH: (session, text) => (session.isGreeted ? authenticate(session, text) : helloFirst),
  MAIL: startMail,
  RCPT: addRecipient,
  DATA: takeData,
  BDAT: takeChunk,
  RSET(session) {
    session.transaction = undefined;
    return reply(250, '2.0.0 Resetting');
  },
  NOOP: () => reply(250, '2.0.0 OK'),
  VRFY: () => reply(252, '2.1.5 Cannot VRFY user'),
  HELP: () => reply(214, '2.0.0 https://www.rfc-editor.org/rfc/rfc5321'),
  QUIT: (session) => ({ ...reply(221, '2.0.0 Service closing transmission channel'), afterwards: () => session.end() }),
};

const helloFirst = reply(503, '5.5.2 Send hello first');

function greet(session: SmtpSession, text: string): Reply | undefined {
  if (!/^\S+$/.test(text.trim())) return reply(501, '5.5.4 Invalid domain name');
  session.isGreeted = true;
  session.transaction = undefined;
  return undefined;
}

function startMail(session: SmtpSession, text: string): Reply {
  const { rooms, user } = session;
  if (!session.isGreeted) return helloFirst;
  const refused = strikeRefusal('MAIL', session);
  if (refused) return refused;
  if (rooms.requireAuth && user === undefined) return refuse('5.7.57', session);
  if (session.transaction) return reply(503, '5.5.2 Sender already specified');
  const path = readPath(text, 'FROM');
  if ('code' in path) return path;
  if (Number(path.parameters.get('SIZE') ?? 0) > sizeLimit) return tooLarge;
  if (user !== undefined && rooms.rate.admit(user, rooms.faults.sendsPerMinute) > 0) return tooMuch(session);
  session.transaction = { from: path.address, to: [], chunks: [] };
  return reply(250, '2.1.0 Sender OK');
}

/** https://learn.microsoft.com/exchange/mail-flow/message-rate-limits */
function tooMuch(session: SmtpSession): Reply {
  const said = '4.4.2 Message submission rate for this client has exceeded the configured limit';
  return { ...reply(421, said), afterwards: () => session.end() };
}

function addRecipient({ transaction }: SmtpSession, text: string): Reply {
  if (!transaction) return reply(503, '5.5.2 Need mail command');
  const path = readPath(text, 'TO');
  if ('code' in path) return path;
  if (transaction.to.length === maxRecipients) return reply(452, '4.5.3 Too many recipients');
  transaction.to.push(path.address);
  return reply(250, '2.1.5 Recipient OK');
}

async function takeData(session: SmtpSession): Promise<Reply> {
  const { connection, transaction } = session;
  if (!transaction?.to.length || transaction.chunks.length > 0) return noRecipients;
  await connection.write(writeReply(reply(354, 'Start mail input; end with <CRLF>.<CRLF>')));
  const source = await readData(connection, sizeLimit);
  if (source) return submit(session, transaction, source);
  session.transaction = undefined;
  return tooLarge;
}

/** RFC 3030: a chunk follows its command at once, whatever becomes of it. */
async function takeChunk(session: SmtpSession, text: string): Promise<Reply> {
  const [, octets, isLast] = /^(\d{1,10})( +LAST)? *$/i.exec(text) ?? [];
  // Where it ends can't be told.
  if (octets === undefined || Number(octets) > sizeLimit) return { ...tooLarge, afterwards: () => session.end() };
  const chunk = await session.connection.octets(Number(octets));
  const { transaction } = session;
  if (!transaction?.to.length) return noRecipients;
  const { chunks } = transaction;
  chunks.push(chunk);
  if (chunks.reduce((sum, { length }) => sum + length, 0) > sizeLimit || chunks.length > maxChunks) {
    session.transaction = undefined;
    return tooLarge;
  }
  if (!isLast) return reply(250, `2.0.0 ${octets} octets received`);
  return submit(session, transaction, Buffer.concat(chunks));
}
