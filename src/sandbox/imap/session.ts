import type { RequestLog } from '../requests/request-log.js';
import type { Certificate } from '../server/certificate.js';
import type { SandboxRooms } from '../server/door.js';
import type { Account } from '../store/store.js';
import type { Connection } from '../server/connection.js';
import type { RecentMessages } from './recent-messages.js';
import { bad } from './refusal.js';
import type { SelectedFolder } from './selected-folder.js';

/** How far a session has come (RFC 3501 section 3); `any` for a command that is good always. */
export type SessionState = 'any' | 'not authenticated' | 'authenticated' | 'selected';

/** How a command that succeeded ends. */
export interface Completion {
  /** A response code: `READ-WRITE`. */
  readonly code?: string;
  /** What is done once the client has been told. */
  readonly afterwards?: () => void | Promise<void>;
}

export interface SessionRooms extends SandboxRooms {
  readonly requests: RequestLog;
  /** The password of every user. */
  readonly password: string;
  /** Whether it presents itself as outlook.office365.com does. */
  readonly isExchange: boolean;
  readonly certificate: Certificate;
  readonly recent: RecentMessages;
  /** How many sessions of an account there are. */
  countSessions(account: Account): number;
}

/** What a client's session has come to: who signed in, which folder is selected. */
export class Session {
  readonly rooms: SessionRooms;
  readonly connection: Connection;
  #account: Account | undefined;
  #selected: SelectedFolder | undefined;
  /** Signed in, but cut off from the mailbox: Exchange's way to refuse. */
  #isConnected = true;
  #isOver = false;
  /** Commands that were refused since it is cut off. */
  #refused = 0;

  constructor(connection: Connection, rooms: SessionRooms) {
    this.connection = connection;
    this.rooms = rooms;
  }

  get state(): SessionState {
    return this.#selected ? 'selected' : this.#account ? 'authenticated' : 'not authenticated';
  }

  /** Its last word is said. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get isSignedIn(): boolean {
    return this.#account !== undefined;
  }

  /** Whose mail it is. */
  get account(): Account {
    if (!this.#account) throw bad('Command received in Invalid state.');
    return this.#account;
  }

  get selected(): SelectedFolder {
    if (!this.#selected) throw bad('Command received in Invalid state.');
    return this.#selected;
  }

  signIn(address: string): Completion {
    const { store, faults } = this.rooms;
    this.#account = store.account(address);
    this.#isConnected = this.rooms.countSessions(this.#account) <= faults.maxImapConnections;
    if (faults.dropAfterLogin <= 0) return {};
    faults.dropAfterLogin--;
    return { afterwards: () => this.end() };
  }

  /** Selects a folder in place of the one that was. */
  select(folder: SelectedFolder | undefined): void {
    this.#selected?.release();
    this.#selected = folder;
    if (folder) folder.onRenumbered = () => this.end('* BYE The UIDVALIDITY of the selected folder changed.\r\n');
  }

  /** Tells the client what happened in its folder. */
  async tellUpdates({ expunge }: { readonly expunge: boolean }): Promise<void> {
    if (!this.#selected || this.rooms.faults.silentImap) return;
    const updates = this.#selected.updates({ expunge });
    if (updates.length > 0) await this.connection.write(updates.join(''));
  }

  /** Says a last word and hangs up. */
  end(lastWord = ''): void {
    this.#isOver = true;
    this.connection.end(lastWord);
  }

  /** Whether a client that is cut off has tried in vain for long enough: https://github.com/jstedfast/MailKit/issues/1496 */
  get isGivenUp(): boolean {
    return this.#refused > 1;
  }

  /** @throws Refusal BAD where the command cannot be given now */
  admit(state: SessionState): void {
    if (state === 'any') return;
    const invalid = bad('Command received in Invalid state.');
    const wantsSignedIn = state === 'selected' || state === 'authenticated';
    if (wantsSignedIn !== this.isSignedIn) throw invalid;
    if (wantsSignedIn && (!this.#isConnected || this.#strikeNotConnected())) {
      this.#refused++;
      throw bad('User is authenticated but not connected.');
    }
    if (state === 'selected' && !this.#selected) throw invalid;
    this.#throttle();
  }

  #throttle(): void {
    const { throttleImap } = this.rooms.faults;
    if (throttleImap.times <= 0) return;
    throttleImap.times--;
    throw bad(`Request is throttled. Suggested Backoff Time: ${throttleImap.backOffMilliseconds} milliseconds`);
  }

  #strikeNotConnected(): boolean {
    const { faults } = this.rooms;
    if (faults.notConnected <= 0) return false;
    faults.notConnected--;
    return true;
  }
}
