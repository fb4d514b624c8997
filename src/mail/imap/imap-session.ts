import type { ImapFlow } from 'imapflow';
import { EitherSignal } from '../../async/either-signal.js';
import { ExchangeError } from '../../errors.js';
import type { Folder } from '../transport.js';
import type { Places } from '../../async/places.js';
import { openInPlace } from '../../async/open-in-place.js';
import { untilAborted } from '../../async/until-aborted.js';
import { connect, type ConnectOptions, type ImapLine, type Library } from './connect.js';
import { imapError, type Attempt } from './imap-errors.js';

export type ImapSessionOptions = Omit<ConnectOptions, 'hasWorked'> & {
  /** Where connections take their turns. @default all at once */
  readonly places?: Places | undefined;
};

/** What to do, in user words (`reading the folder INBOX`), and how. */
export interface Operation {
  readonly operation: string;
  readonly signal?: AbortSignal | undefined;
}

/** A folder that IDLE tells of. */
interface Watch {
  readonly folder: Folder;
  readonly hint: () => void;
  /** The server told of something that has not been read yet. */
  isAnnounced: boolean;
}

/**
 * One connection to a mailbox: commands one after the other, IDLE in between. A connection that broke is
 * replaced when it is next needed.
 */
export class ImapSession {
  readonly #library: Library;
  readonly #options: ImapSessionOptions;
  readonly #closing = new AbortController();
  #line: Promise<ImapLine> | undefined;
  #watch: Watch | undefined;
  /** The proxy on the way, without its credentials. */
  #through: string | undefined;
  #hasWorked = false;

  constructor(library: Library, options: ImapSessionOptions) {
    this.#library = library;
    this.#options = options;
  }

  get address(): string {
    return this.#options.address;
  }

  /** The folder that is being watched. */
  get watched(): Folder | undefined {
    return this.#watch?.folder;
  }

  /** Another session on the same mailbox, not connected yet. */
  another(): ImapSession {
    return new ImapSession(this.#library, this.#options);
  }

  /** Is connected and signed in when it resolves. It may have to wait for its turn. */
  async connect(signal: AbortSignal): Promise<void> {
    await this.run({ operation: 'signing in', signal }, async () => {});
  }

  /** What the server calls itself (RFC 2971). */
  async serverName(): Promise<string> {
    return await this.run({ operation: 'signing in' }, async ({ serverInfo }) => String(serverInfo?.name ?? ''));
  }

  /** For an error to say what was tried, and where. */
  attempt(operation: string): Attempt {
    return { ...this.#options, hasWorked: this.#hasWorked, through: this.#through, operation };
  }

  /** Runs commands that need no folder. */
  async run<T>(operation: Operation, commands: (client: ImapFlow) => Promise<T>): Promise<T> {
    return await this.#perform(operation, async ({ client }) => await commands(client));
  }

  /** Runs commands in a folder, which nobody else selects or changes over this connection meanwhile. */
  async inFolder<T>(
    { id }: Pick<Folder, 'id'>,
    operation: Operation,
    commands: (client: ImapFlow) => Promise<T>,
  ): Promise<T> {
    return await this.#perform(operation, async ({ client }) => {
      const lock = await client.getMailboxLock(id);
      try {
        operation.signal?.throwIfAborted();
        return await commands(client);
      } finally {
        lock.release();
        if (this.#watch && this.#watch.folder.id !== id) void this.#rest(client, this.#watch).catch(() => {});
      }
    });
  }

  /** Whether the server has just told that something came into a folder: true once for each time it did. */
  takeAnnouncement({ id }: Folder): boolean {
    if (this.#watch?.folder.id !== id || !this.#watch.isAnnounced) return false;
    this.#watch.isAnnounced = false;
    return true;
  }

  /** Calls `hint` whenever something may have come; rejects when the signal aborts or the connection breaks. */
  async watch(folder: Folder, hint: () => void, signal: AbortSignal): Promise<never> {
    const operation = { operation: `watching the folder ${folder.name}`, signal };
    const watch: Watch = { folder, hint, isAnnounced: false };
    this.#watch = watch;
    try {
      return await this.#perform(operation, async ({ client, closed }) => {
        if (!client.capabilities.has('IDLE')) throw noIdle(this.attempt(operation.operation));
        await this.#rest(client, watch);
        throw await closed;
      });
    } finally {
      if (this.#watch === watch) this.#watch = undefined;
    }
  }

  close(): void {
    const reason = new ExchangeError('CLOSED', `the connection to the mailbox ${this.#options.address} was closed`);
    this.#closing.abort(reason);
    void this.#line?.then(({ client }) => client.close()).catch(() => {});
  }

  /** Selects the watched folder: the library idles there when there is nothing else to do. */
  async #rest(client: ImapFlow, { folder, hint }: Watch): Promise<void> {
    const lock = await client.getMailboxLock(folder.id);
    lock.release();
    hint();
  }

  async #perform<T>({ operation, signal: caller }: Operation, work: (line: ImapLine) => Promise<T>): Promise<T> {
    using either = new EitherSignal(this.#closing.signal, caller);
    const { signal } = either;
    signal.throwIfAborted();
    this.#line ??= this.#open();
    try {
      return await untilAborted(
        this.#line.then((line) => {
          signal.throwIfAborted();
          return work(line);
        }),
        signal,
      );
    } catch (error) {
      throw signal.aborted ? signal.reason : imapError(error, this.attempt(operation));
    }
  }

  #open(): Promise<ImapLine> {
    const options = { ...this.#options, hasWorked: this.#hasWorked };
    const { signal } = this.#closing;
    const opening = openInPlace(options.places, signal, () => connect(this.#library, options, signal));
    void this.#attend(opening);
    return opening;
  }

  /** Listens to what a connection tells by itself, and forgets it when it closes. */
  async #attend(opening: Promise<ImapLine>): Promise<void> {
    try {
      const { client, closed, through } = await opening;
      this.#through = through;
      this.#hasWorked = true;
      client.on('exists', ({ path }) => this.#announce(path));
      await closed;
    } catch {
      // Who asked for the connection is told.
    } finally {
      if (this.#line === opening) this.#line = undefined;
    }
  }

  #announce(path: string): void {
    if (this.#watch?.folder.id !== path) return;
    this.#watch.isAnnounced = true;
    this.#watch.hint();
  }
}

function noIdle({ address, imap }: Attempt): ExchangeError {
  const summary = `the server ${imap.host} of the mailbox ${address} tells of no new mail by itself (IDLE), so it is asked`;
  return new ExchangeError('PUSH_UNAVAILABLE', summary);
}
