import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Sandbox } from '../../src/sandbox/index.js';

/** An SMTP client that knows nothing: it sends what it is told, and reads replies. */
export class SmtpClient implements AsyncDisposable {
  #socket: Socket;
  #received = '';
  #wake: () => void = () => {};

  constructor({ smtp }: Sandbox) {
    this.#socket = this.#listen(connect(smtp.port, smtp.host));
  }

  /** Sends as it is, and awaits nothing. */
  send(data: string | Buffer): void {
    this.#socket.write(data);
  }

  /** The next reply, its lines joined by LF; `undefined` once the server has hung up. */
  async reply(): Promise<string | undefined> {
    for (;;) {
      const [whole, text] = /^((?:\d{3}-.*\r\n)*\d{3} .*)\r\n/.exec(this.#received) ?? [];
      if (whole !== undefined && text !== undefined) {
        this.#received = this.#received.slice(whole.length);
        return text.replaceAll('\r\n', '\n');
      }
      if (this.#socket.closed) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Sends commands, one after the other; the replies to them. */
  async say(...lines: readonly string[]): Promise<(string | undefined)[]> {
    const replies: (string | undefined)[] = [];
    for (const line of lines) {
      this.send(`${line}\r\n`);
      replies.push(await this.reply());
    }
    return replies;
  }

  startTls(ca: string): void {
    this.#socket.removeAllListeners();
    this.#socket = this.#listen(connectTls({ socket: this.#socket, ca, host: '127.0.0.1' }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
  }

  #listen(socket: Socket): Socket {
    socket.on('data', (data: Buffer) => {
      this.#received += data.toString();
      this.#wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => this.#wake());
    return socket;
  }
}
