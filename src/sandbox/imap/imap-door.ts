import { createServer, type Socket } from 'node:net';
import type { Certificate } from '../server/certificate.js';
import type { SandboxRooms } from '../server/door.js';
import type { RequestLog } from '../requests/request-log.js';
import { listen, type Listener } from '../server/listen.js';
import type { Account } from '../store/store.js';
import { Connection } from '../server/connection.js';
import { RecentMessages } from './recent-messages.js';
import { Session, type SessionRooms } from './session.js';

export interface ImapDoorOptions {
  /** For plain text and STARTTLS. */
  readonly port: number;
  /** For TLS from the start. */
  readonly tlsPort: number;
  /** The password of every user. */
  readonly password: string;
  /** Whether it presents itself as outlook.office365.com does. */
  readonly isExchange: boolean;
  readonly certificate: Certificate;
}

export interface ImapRooms extends SandboxRooms {
  readonly requests: RequestLog;
}

export interface ImapDoor extends Listener {
  readonly tlsPort: number;
}

/** The door for mail programs: IMAP4rev1 (RFC 3501). */
export async function openImapDoor(rooms: ImapRooms, options: ImapDoorOptions): Promise<ImapDoor> {
  const sessions = new Sessions(rooms, options);
  const plain = await listen(createServer(sessions.open), options.port, 'IMAP');
  try {
    const encrypted = await listen(createServer(sessions.openEncrypted), options.tlsPort, 'IMAP over TLS');
    return {
      port: plain.port,
      tlsPort: encrypted.port,
      drop() {
        plain.drop();
        encrypted.drop();
      },
      async close() {
        sessions.end();
        await Promise.all([plain.close(), encrypted.close()]);
      },
    };
  } catch (error) {
    await plain.close();
    throw error;
  }
}

class Sessions {
  readonly #open = new Set<Session>();
  readonly #rooms: SessionRooms;

  constructor(rooms: ImapRooms, { password, isExchange, certificate }: ImapDoorOptions) {
    this.#rooms = {
      ...rooms,
      password,
      isExchange,
      certificate,
      recent: new RecentMessages(),
      countSessions: (account) => this.#count(account),
    };
  }

  readonly open = (socket: Socket): void => {
    void this.#serve(this.#connect(socket));
  };

  readonly openEncrypted = (socket: Socket): void => {
    const connection = this.#connect(socket);
    connection.startTls(this.#rooms.certificate).then(
      () => this.#serve(connection),
      () => {},
    );
  };

  /** Says goodbye to all. */
  end(): void {
    for (const session of this.#open) session.end('* BYE The sandbox is shutting down.\r\n');
  }

  #connect(socket: Socket): Connection {
    return new Connection(socket, () => this.#rooms.faults.silentImap);
  }

  async #serve(connection: Connection): Promise<void> {
    const session = new Session(connection, this.#rooms);
    this.#open.add(session);
    const { serveSession } = await import('./serve-session.js');
    await serveSession(session);
    this.#open.delete(session);
  }

  #count(account: Account): number {
    return [...this.#open].filter((session) => session.isSignedIn && session.account === account).length;
  }
}
