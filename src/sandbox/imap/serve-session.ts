import { holdBack } from '../server/hold-back.js';
import type { Command } from './command.js';
import { CommandParser } from './command-parser.js';
import { readCommand, type ReceivedCommand } from './command-reader.js';
import { commands, uidCommands } from './commands/index.js';
import { ConnectionClosed, Senseless } from '../server/connection.js';
import { bad, Refusal } from './refusal.js';
import { recordImap } from '../requests/record-imap.js';
import type { Session } from './session.js';

/** Wrong commands in a row that are answered: what goes on after them is no client of IMAP. */
const maxWrong = 1000;

/** Reads a client's commands one after the other, and answers them, until it leaves. */
export async function serveSession(session: Session): Promise<void> {
  const { connection } = session;
  try {
    await connection.write(
      `* OK ${session.rooms.isExchange ? exchangeGreeting : 'The sandbox IMAP4 service is ready.'}\r\n`,
    );
    let wrong = 0;
    while (!session.isOver) {
      const outcome = await answer(session, await readCommand(connection, session.isSignedIn));
      wrong = outcome.startsWith('BAD') ? wrong + 1 : 0;
      if (wrong === maxWrong) session.end('* BYE Connection closed. 14\r\n');
    }
  } catch (error) {
    if (error instanceof Senseless) connection.end(`* BYE ${error.message}\r\n`);
    else if (!(error instanceof ConnectionClosed)) connection.end('* BYE Server error.\r\n');
  } finally {
    session.select(undefined);
    connection.end();
  }
}

/** With the server's name, as Exchange writes it: UTF-16 in base64. */
const exchangeGreeting = `The Microsoft Exchange IMAP4 service is ready. [${Buffer.from('sandbox.invalid', 'utf16le').toString('base64')}]`;

/** Gives what the client was told at last. */
async function answer(session: Session, command: ReceivedCommand): Promise<string> {
  const { connection, isSignedIn, rooms } = session;
  const exchange = recordImap(rooms.requests, { ...command, connection: connection.name, isSignedIn });
  connection.observer = (data) => exchange.answer.add(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
  try {
    const outcome = await obey(session, command);
    exchange.end({ outcome, isFailure: !outcome.startsWith('OK') });
    return outcome;
  } catch (error) {
    exchange.end({ outcome: 'cut off', isFailure: true });
    throw error;
  } finally {
    connection.observer = undefined;
  }
}

/** What the client was told at last. @throws ConnectionClosed, Senseless */
async function obey(session: Session, { segments, refusal }: ReceivedCommand): Promise<string> {
  const { faults } = session.rooms;
  if (faults.silentImap) return 'no answer';
  await holdBack(faults.delay);
  let tag = '*';
  try {
    const args = new CommandParser(segments);
    tag = args.tag();
    if (refusal) throw refusal;
    args.space();
    const { name, command, byUid } = readName(args);
    session.admit(command.state);
    const { code, afterwards } = (await command.run(session, args, byUid)) ?? {};
    await session.tellUpdates({ expunge: byUid || !command.keepsNumbers });
    const completed = `OK ${code ? `[${code}] ` : ''}${name} completed.`;
    await session.connection.write(`${tag} ${completed}\r\n`);
    await afterwards?.();
    return completed;
  } catch (error) {
    if (error instanceof ConnectionClosed || error instanceof Senseless) throw error;
    const [status, text] = error instanceof Refusal ? [error.status, error.message] : ['NO', '[SERVERBUG] It failed.'];
    await session.connection.write(`${tag} ${status} ${text}\r\n`);
    if (session.isGivenUp) session.end('* BYE Connection closed. 14\r\n');
    return `${status} ${text}`;
  }
}

interface NamedCommand {
  readonly name: string;
  readonly command: Command;
  readonly byUid: boolean;
}

function readName(args: CommandParser): NamedCommand {
  const first = args.keyword();
  const byUid = first === 'UID';
  if (byUid) args.space();
  const name = byUid ? args.keyword() : first;
  const table = byUid ? uidCommands : commands;
  const command = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!command) throw bad('Command Error. 12');
  return { name, command, byUid };
}
