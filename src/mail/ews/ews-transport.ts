import { EitherSignal } from '../../async/either-signal.js';
import { ExchangeError } from '../../errors.js';
import type {
  ArrivalsOptions,
  CallOptions,
  ComposedMessage,
  FetchOptions,
  Folder,
  FolderPath,
  MailTransport,
  MessageRef,
  PollIntervals,
  Position,
} from '../transport.js';
import { Arrivals } from './arrivals.js';
import { append, flag, move, remove, send } from './changes.js';
import type { EwsSession } from './ews-session.js';
import { fetchSources } from './fetch.js';
import { Folders } from './folders.js';
import { PushedItems } from './pushed-items.js';
import { Sources } from '../sources.js';
import { watch } from './watch.js';
import { stillThere } from './still-there.js';

export interface EwsTransportSettings {
  readonly pollIntervals: PollIntervals;
  readonly heartbeatTimeout: number;
  readonly streamMinutes: number;
}

/** A mailbox over Exchange Web Services. */
export class EwsTransport implements MailTransport {
  readonly address: string;
  readonly pollIntervals: PollIntervals;
  /** Exchange takes the recipients from the MIME source's header fields. */
  readonly keepBcc = true;
  readonly #session: EwsSession;
  readonly #settings: EwsTransportSettings;
  readonly #sources = new Sources(1024 * 1024);
  readonly #folders: Folders;
  readonly #pushed: PushedItems;
  readonly #arrivals: Arrivals;
  readonly #closing = new AbortController();
  readonly #watches = new Set<Promise<unknown>>();

  constructor(session: EwsSession, settings: EwsTransportSettings) {
    this.address = session.address;
    this.pollIntervals = settings.pollIntervals;
    this.#session = session;
    this.#settings = settings;
    this.#folders = new Folders(session);
    this.#pushed = new PushedItems(session);
    this.#arrivals = new Arrivals(session, this.#sources, this.#pushed);
  }

  folder(path: FolderPath, options?: CallOptions) {
    return this.#folders.find(path, options);
  }

  position(folder: Folder, options?: CallOptions & { readonly since?: Date }) {
    return this.#arrivals.position(folder, options);
  }

  arrivals(folder: Folder, after: Position, options?: ArrivalsOptions) {
    return this.#arrivals.after(folder, after, options);
  }

  async watch(folder: Folder, hint: () => void, { signal: caller }: { readonly signal: AbortSignal }): Promise<void> {
    using either = new EitherSignal(caller, this.#closing.signal);
    const { signal } = either;
    const hinted = (ids: readonly string[]): void => {
      this.#pushed.name(folder, ids);
      hint();
    };
    const watching = watch(this.#session, folder, hinted, { ...this.#settings, signal });
    this.#watches.add(watching);
    try {
      await watching;
    } catch (error) {
      if (!caller.aborted) throw error;
    } finally {
      this.#watches.delete(watching);
    }
  }

  fetch(refs: readonly MessageRef[], options?: FetchOptions) {
    return fetchSources(this.#session, this.#sources, refs, options);
  }

  stillThere(_folder: Folder, refs: readonly MessageRef[], options?: CallOptions) {
    return stillThere(this.#session, refs, options);
  }

  send(message: ComposedMessage, options?: CallOptions) {
    return send(this.#session, message, options);
  }

  flag(refs: readonly MessageRef[], isRead: boolean, options?: CallOptions) {
    return flag(this.#session, refs, { ...options, isRead });
  }

  move(refs: readonly MessageRef[], to: Folder, options?: CallOptions) {
    return move(this.#session, refs, { ...options, to });
  }

  delete(refs: readonly MessageRef[], options?: CallOptions) {
    return remove(this.#session, refs, options);
  }

  append(folder: Folder, message: ComposedMessage, options?: CallOptions) {
    return append(this.#session, folder, message, options);
  }

  /** Ends the watches, which take leave of the server, then all other calls. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new ExchangeError('CLOSED', `the connection to the mailbox ${this.address} was closed`));
    await Promise.allSettled(this.#watches);
    this.#session.close();
  }
}
