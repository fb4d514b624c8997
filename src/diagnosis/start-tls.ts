import { on } from 'node:events';
import type { Socket } from 'node:net';
import type { Server } from './servers.js';

/** What a client says, and what the server's last line of an answer to it looks like. */
interface Step {
  readonly say?: string;
  readonly until: RegExp;
}

/** Up to where both sides speak TLS: RFC 9051 section 6.2.1, RFC 3207 section 4. */
const steps: Readonly<Record<Server['protocol'], readonly Step[]>> = {
  imap: [{ until: /^\* .*\r?\n/m }, { say: 'a STARTTLS', until: /^a .*\r?\n/m }],
  smtp: [
    { until: /^\d{3} .*\r?\n/m },
    { say: 'EHLO localhost', until: /^\d{3} .*\r?\n/m },
    { say: 'STARTTLS', until: /^\d{3} .*\r?\n/m },
  ],
  https: [],
};

/** In octets. */
const longestAnswer = 65_536;

const good = /^(\* OK|a OK|2\d\d )/i;

/** Asks a server to go on with TLS. @throws an error that has the server's own words where it does not want to */
export async function startTls(socket: Socket, protocol: Server['protocol'], signal: AbortSignal): Promise<void> {
  for (const { say, until } of steps[protocol]) {
    if (say !== undefined) socket.write(`${say}\r\n`);
    const answer = await read(socket, until, signal);
    if (!good.test(answer)) throw new Error(`the server does not start TLS: ${answer}`);
  }
}

async function read(socket: Socket, until: RegExp, signal: AbortSignal): Promise<string> {
  let text = '';
  for await (const [chunk] of on(socket, 'data', { signal, close: ['end', 'close'] })) {
    text += String(chunk);
    if (text.length > longestAnswer) break;
    const [line] = until.exec(text) ?? [];
    if (line !== undefined) return line.trim();
  }
  throw new Error(
    text.length > longestAnswer ? 'the server does not come to an end' : 'the server closed the connection',
  );
}
