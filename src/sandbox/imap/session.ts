import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import type { SandboxRooms } from '../server/door.js';
import type { Account } from '../store/store.js';
import type { Command, Completion, SessionState } from './command.js';
import { CommandParser } from './command-parser.js';
import { readCommand, type ReceivedCommand } from './command-reader.js';
import { commands, uidCommands } from './commands/index.js';
import { ConnectionClosed, Oversize, type Connection } from './connection.js';
import type { RecentMessages } from './recent-messages.js';
import { bad, Refusal } from './refusal.js';
import type { SelectedFolder } from './selected-folder.js';

export interface SessionRooms extends SandboxRooms {
  /** The password of every user. */
  readonly password: string;
  /** Whether it offers what Exchange Online does not. */
  readonly hasExtras: boolean;
  readonly secureContext: SecureContext;
  readonly recent: RecentMessages;
  /** How many sessions of an account there are. */
  countSessions(account: Account): number;
}

/** One client's session: reads its commands one after the other, and answers. */
export class Session {
  readonly rooms: SessionRooms;
  readonly connection: Connection;
  #account: Account | undefined;
  #selected: SelectedFolder | undefined;
  /** Signed in, but cut off from the mailbox: Exchange's way to refuse. */
  #isConnected = true;
  #isOver = false;

  constructor(connection: Connection, rooms: SessionRooms) {
    this.connection = connection;
    this.rooms = rooms;
  }

  /** Serves the client until it leaves. */
  async run(): Promise<void> {
    try {
      await this.connection.write('* OK The sandbox IMAP4 service is ready.\r\n');
      while (!this.#isOver) await this.#answer(await readCommand(this.connection, this.isSignedIn));
    } catch (error) {
      if (error instanceof Oversize) this.connection.end(`* BYE ${error.message}\r\n`);
      else if (!(error instanceof ConnectionClosed)) this.connection.end('* BYE Server error.\r\n');
    } finally {
      this.select(undefined);
      this.connection.end();
    }
  }

  get state(): SessionState {
    return this.#selected ? 'selected' : this.#account ? 'authenticated' : 'not authenticated';
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

  async #answer({ segments, refusal }: ReceivedCommand): Promise<void> {
    const { faults } = this.rooms;
    if (faults.silentImap) return;
    if (faults.delay > 0) await sleep(faults.delay, undefined, { ref: false });
    let tag = '*';
    try {
      const args = new CommandParser(segments);
      tag = args.tag();
      if (refusal) throw refusal;
      args.space();
      const { name, command, byUid } = readName(args);
      this.#admit(command);
      const { code, afterwards } = (await command.run(this, args, byUid)) ?? {};
      await this.tellUpdates({ expunge: byUid || !command.keepsNumbers });
      await this.connection.write(`${tag} OK ${code ? `[${code}] ` : ''}${name} completed.\r\n`);
      await afterwards?.();
    } catch (error) {
      if (error instanceof ConnectionClosed || error instanceof Oversize) throw error;
      const [status, text] =
        error instanceof Refusal ? [error.status, error.message] : ['NO', '[SERVERBUG] It failed.'];
      await this.connection.write(`${tag} ${status} ${text}\r\n`);
    }
  }

  /** @throws Refusal BAD where the command cannot be given now */
  #admit({ state }: Command): void {
    if (state === 'any') return;
    const isSignedIn = state === 'selected' || state === 'authenticated';
    if (isSignedIn !== this.isSignedIn || (state === 'selected' && !this.#selected)) {
      throw bad('Command received in Invalid state.');
    }
    this.#throttle();
    if (isSignedIn && (!this.#isConnected || this.#strikeNotConnected())) {
      throw bad('User is authenticated but not connected.');
    }
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
