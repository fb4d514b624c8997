import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Sandbox } from '../../src/sandbox/index.js';
import { user } from './sandbox-sign-in.js';

/** An IMAP client that knows nothing: it sends lines and reads answers, literals and all. */
export class ImapClient implements AsyncDisposable {
  #socket: Socket;
  #received = '';
  #wake: () => void = () => {};
  #isClosed = false;
  #tag = 0;

  constructor(socket: Socket) {
    this.#socket = this.#listen(socket);
  }

  /** Sends as it is, one octet a character. */
  send(text: string): void {
    this.#socket.write(text, 'latin1');
  }

  /** The next answer, without its line end; `undefined` once the server has hung up. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const end = endOfAnswer(this.#received);
      if (end !== undefined) {
        const answer = this.#received.slice(0, end - 2);
        this.#received = this.#received.slice(end);
        return answer;
      }
      if (this.#isClosed) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Sends a command; its answers, the tagged one last and without its tag. */
  async command(text: string): Promise<string[]> {
    const tag = `A${++this.#tag}`;
    this.send(`${tag} ${text}\r\n`);
    const answers: string[] = [];
    for (;;) {
      const answer = await this.next();
      if (answer === undefined) throw new Error(`The server hung up after ${JSON.stringify(answers)}`);
      if (answer.startsWith(`${tag} `)) return [...answers, answer.slice(tag.length + 1)];
      answers.push(answer);
    }
  }

  /** As {@link command}, for one that has to succeed; the untagged answers alone. */
  async ok(text: string): Promise<string[]> {
    const answers = await this.command(text);
    const last = answers.pop();
    if (!last?.startsWith('OK ')) throw new Error(`${text}: ${last}`);
    return answers;
  }

  async startTls(ca: string): Promise<void> {
    await this.ok('STARTTLS');
    this.#socket.removeAllListeners();
    this.#socket = this.#listen(connectTls({ socket: this.#socket, ca, host: '127.0.0.1' }));
  }

  hangUp(): void {
    this.#socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
  }

  #listen(socket: Socket | TLSSocket): Socket {
    socket.setNoDelay(true);
    socket.on('data', (data: Buffer) => {
      this.#received += data.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#isClosed = true;
      this.#wake();
    });
    return socket;
  }
}

/** A client that has read the greeting. */
export async function connectImap({ imap }: Sandbox): Promise<ImapClient> {
  const client = new ImapClient(connect(imap.port, imap.host));
  await client.next();
  return client;
}

/** As {@link connectImap}, over TLS. */
export async function connectImapTls({ imap, ca }: Sandbox): Promise<ImapClient> {
  const client = new ImapClient(connectTls({ port: imap.tlsPort, host: imap.host, ca }));
  await client.next();
  return client;
}

/** A client that has signed in, and selected a folder if one is named. */
export async function signInImap(sandbox: Sandbox, folder?: string, address = user): Promise<ImapClient> {
  const client = await connectImap(sandbox);
  await client.ok(`LOGIN ${address} secret`);
  if (folder) await client.ok(`SELECT ${folder}`);
  return client;
}

/** Where the first answer ends, its literals passed over. */
function endOfAnswer(text: string): number | undefined {
  let from = 0;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', from);
    if (lineEnd < 0) return undefined;
    const [, literal] = /\{(\d+)\}$/.exec(text.slice(from, lineEnd)) ?? [];
    if (literal === undefined) return lineEnd + 2;
    from = lineEnd + 2 + Number(literal);
  }
}
