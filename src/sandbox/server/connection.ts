import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.js';
import { secureContextOf } from './secure-context.js';

/** The client went away, or was cut off. */
export class ConnectionClosed extends Error {}

/** What a client sends is not the door's protocol, or past any bound; what follows it could not be made sense of. */
export class Senseless extends Error {}

/** Text goes over the wire as one octet a character (`latin1`). */
export type Data = string | Buffer;

/** Milliseconds without a word from the client: RFC 3501 section 5.4 wants no less, RFC 5321 section 4.5.3.2.7 five minutes. */
const patience = 30 * 60_000;

/** A client's connection: what it says is asked for, so that it waits while it is not. */
export class Connection {
  /** Who is shown what is sent. */
  observer: ((data: Data) => void) | undefined;
  /** Tells it from the others there are just now. */
  readonly name: string;
  #socket: Socket;
  /** True in a black hole: nothing is sent. */
  readonly #isSilent: () => boolean;

  constructor(socket: Socket, isSilent: () => boolean) {
    this.#socket = this.#adopt(socket);
    this.#isSilent = isSilent;
    this.name = `port ${socket.remotePort}`;
  }

  get isEncrypted(): boolean {
    return this.#socket instanceof TLSSocket;
  }

  /** The next line, without its end. @throws ConnectionClosed, Senseless */
  async line(limit: number): Promise<string> {
    let line = '';
    for (;;) {
      const chunk = await this.chunk();
      const end = chunk.indexOf('\n');
      line += chunk.toString('latin1', 0, end < 0 ? chunk.length : end);
      if (line.length > limit) throw new Senseless('The line is too long.');
      if (end < 0) continue;
      this.unread(chunk.subarray(end + 1));
      return line.replace(/\r$/, '');
    }
  }

  /** The next so many octets. @throws ConnectionClosed */
  async octets(count: number): Promise<Buffer> {
    const octets = Buffer.allocUnsafe(count);
    for (let at = 0; at < count;) {
      const chunk = await this.chunk();
      const taken = chunk.copy(octets, at);
      this.unread(chunk.subarray(taken));
      at += taken;
    }
    return octets;
  }

  /** Puts back what was read too much. */
  unread(octets: Buffer): void {
    if (octets.length > 0) this.#socket.unshift(octets);
  }

  /** Sends; resolves when there is room for more. @throws ConnectionClosed */
  async write(...data: readonly Data[]): Promise<void> {
    if (this.#isSilent()) return;
    if (!this.#socket.writable) throw new ConnectionClosed();
    this.#socket.cork();
    this.#send(data);
    this.#socket.uncork();
    if (this.#socket.writableNeedDrain) await this.#next('drain');
  }

  /** Makes the connection encrypted. @throws ConnectionClosed where the client broke it off, or sent more already */
  async startTls(certificate: Certificate): Promise<void> {
    this.#socket.setTimeout(0);
    // What was sent in the clear must not pass for something that was sent encrypted (CVE-2011-0411).
    if (this.#socket.readableLength > 0) throw new ConnectionClosed();
    const secureContext = secureContextOf(certificate);
    this.#socket = this.#adopt(new TLSSocket(this.#socket, { isServer: true, secureContext }));
    await this.#next('secure');
  }

  /** Says a last word and hangs up. */
  end(...data: readonly Data[]): void {
    if (this.#socket.destroyed) return;
    if (!this.#isSilent()) this.#send(data);
    this.#socket.destroySoon();
  }

  #send(data: readonly Data[]): void {
    for (const each of data) {
      this.#socket.write(each, 'latin1');
      this.observer?.(each);
    }
  }

  #adopt(socket: Socket): Socket {
    socket.setNoDelay(true).setTimeout(patience, () => socket.destroy());
    // A client that vanishes is nobody's error here; `close` follows.
    return socket.on('error', () => {});
  }

  /**
   * Whatever there is. Asking for more than that would spin: `readable` is emitted again while anything is left.
   * @throws ConnectionClosed
   */
  async chunk(): Promise<Buffer> {
    for (;;) {
      const data = this.#socket.read() as Buffer | null;
      if (data) return data;
      await this.#next('readable');
    }
  }

  /** @throws ConnectionClosed */
  #next(event: 'readable' | 'drain' | 'secure'): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      if (socket.destroyed || socket.closed) return reject(new ConnectionClosed());
      const happened = () => {
        socket.off('close', closed);
        resolve();
      };
      const closed = () => {
        socket.off(event, happened);
        reject(new ConnectionClosed());
      };
      socket.once(event, happened);
      socket.once('close', closed);
    });
  }
}
