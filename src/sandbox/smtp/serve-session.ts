import { ConnectionClosed, Senseless, type Data } from '../server/connection.js';
import { holdBack } from '../server/hold-back.js';
import { commands } from './commands.js';
import { greeting } from './hello.js';
import { reply, writeReply, type Reply } from './reply.js';
import { hostName, type SmtpSession } from './session.js';

/** More than any command takes (RFC 5321 section 4.5.3.1), the token of AUTH among them. In octets. */
const lineLimit = 64 * 1024;

/** How many commands that are none a client may give. */
const patience = 10;

/** Takes a client's commands one after the other, and answers them, until it leaves. */
export async function serveSession(session: SmtpSession): Promise<void> {
  const { connection } = session;
  let senseless = 0;
  try {
    await connection.write(writeReply(greeting(session)));
    while (!session.isOver) {
      const line = Buffer.from(await connection.line(lineLimit), 'latin1').toString('utf8');
      // A web page can have a browser send a form here, whose fields would pass for commands.
      if (/^[A-Z]+ \S+ HTTP\/\d/.test(line)) throw new Senseless('This is SMTP, not HTTP.');
      if (!(await answer(session, line)) && ++senseless === patience) throw new Senseless('Too many errors.');
    }
  } catch (error) {
    if (error instanceof Senseless) connection.end(writeReply(reply(421, `4.7.0 ${error.message}`)));
    else if (!(error instanceof ConnectionClosed)) connection.end(writeReply(reply(421, `4.3.0 ${hostName} failed`)));
  } finally {
    connection.end();
  }
}

/** Whether it is a command. */
async function answer(session: SmtpSession, line: string): Promise<boolean> {
  const { connection, rooms } = session;
  const [, word = '', text = ''] = /^(\S*) ?(.*)$/s.exec(line) ?? [];
  const name = word.toUpperCase();
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const exchange = rooms.requests.begin({
    service: 'SMTP',
    title: command ? withoutCredentials(name, line) : '***',
    connection: connection.name,
  });
  exchange.request.add(exchange.title);
  connection.observer = (data: Data) => exchange.answer.add(Buffer.from(data));
  try {
    await holdBack(rooms.faults.delay);
    const said = (await command?.(session, text)) ?? unrecognized(word, session);
    await connection.write(writeReply(said));
    exchange.end({ outcome: `${said.code} ${said.lines.at(-1)}`, isFailure: said.code >= 400 });
    await said.afterwards?.();
    return command !== undefined;
  } catch (error) {
    exchange.end({ outcome: 'cut off', isFailure: true });
    throw error;
  } finally {
    connection.observer = undefined;
  }
}

function unrecognized(word: string, { mark }: SmtpSession): Reply {
  const shown = word.replace(/[^\x21-\x7e]/g, '?').slice(0, 20);
  return reply(500, `5.3.3 Unrecognized command '${shown}' ${mark}`);
}

/** Of AUTH the mechanism alone. */
function withoutCredentials(name: string, line: string): string {
  return name === 'AUTH' ? line.replace(/^(\S+ +\S+).+$/s, '$1 ***') : line;
}
