import { createTransport } from 'nodemailer';

export interface LmtpMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/** Hands messages to the mailboxes' own server (RFC 2033), over a connection that is kept. */
export class LmtpClient {
  readonly #port: number;
  #transport: ReturnType<typeof connect>;

  constructor(port: number) {
    this.#port = port;
    this.#transport = connect(port);
  }

  async deliver({ from, to, raw }: LmtpMail): Promise<void> {
    // With one recipient at a time, the server can say in each copy whom it was delivered for.
    for (const recipient of to) await this.#transport.sendMail({ envelope: { from, to: recipient }, raw });
  }

  /** For when the server was restarted. */
  reconnect(): void {
    this.close();
    this.#transport = connect(this.#port);
  }

  close(): void {
    this.#transport.close();
  }
}

function connect(port: number) {
  const only = { pool: true, maxConnections: 1, maxMessages: Infinity } as const;
  return createTransport({ ...only, host: '127.0.0.1', port, lmtp: true, ignoreTLS: true });
}
