import { randomBytes } from 'node:crypto';
import type { RequestLog } from '../requests/request-log.js';
import type { Certificate } from '../server/certificate.js';
import type { Connection } from '../server/connection.js';
import type { SandboxRooms } from '../server/door.js';
import type { Rate } from '../server/rate.js';

/** What the door calls itself. */
export const hostName = 'sandbox.invalid';

/** How the server behind it that keeps the mail signs its answers. */
export const hostMark = `[Hostname=${hostName}]`;

export interface SmtpRooms extends SandboxRooms {
  readonly requests: RequestLog;
  /** The password of every user. */
  readonly password: string;
  /** Whether mail is taken from authenticated clients only. */
  readonly requireAuth: boolean;
  /** Whether it presents itself as smtp.office365.com does. */
  readonly isExchange: boolean;
  readonly certificate: Certificate;
  /** How many mails users handed in of late. */
  readonly rate: Rate;
  /** Those that are open. */
  readonly sessions: Set<SmtpSession>;
}

/** A mail on its way in (RFC 5321 section 3.3). */
export interface Transaction {
  readonly from: string;
  readonly to: string[];
  /** What came of it in chunks (RFC 3030). */
  readonly chunks: Buffer[];
}

/** What a client's session has come to. */
export class SmtpSession {
  readonly connection: Connection;
  readonly rooms: SmtpRooms;
  /** Tells it from others, in what clients are told. */
  readonly id = randomBytes(8).toString('hex').toUpperCase();
  isGreeted = false;
  user: string | undefined;
  transaction: Transaction | undefined;
  #isOver = false;

  constructor(connection: Connection, rooms: SmtpRooms) {
    this.connection = connection;
    this.rooms = rooms;
  }

  /** Its last word is said. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether clients have to encrypt and sign in, as at smtp.office365.com. */
  get isStrict(): boolean {
    return this.rooms.isExchange && this.rooms.requireAuth;
  }

  /** As after STARTTLS: nothing is known of the client (RFC 3207 section 4.2). */
  reset(): void {
    this.isGreeted = false;
    this.user = undefined;
    this.transaction = undefined;
  }

  /** Hangs up. */
  end(): void {
    this.#isOver = true;
    this.connection.end();
  }

  /** Exchange's mark on a refusal: which server it was, when, and in which session. */
  get mark(): string {
    return `[${hostName} ${new Date().toISOString()} ${this.id}]`;
  }
}
