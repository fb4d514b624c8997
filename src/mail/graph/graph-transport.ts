import { onAbort } from '../../async/on-abort.js';
import { Sources } from '../sources.js';
import type {
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
import { fetchSources } from './fetch.js';
import { Folders } from './folders.js';
import type { GraphSession } from './graph-session.js';
import { stillThere } from './still-there.js';

/** A mailbox over Microsoft Graph. */
export class GraphTransport implements MailTransport {
  readonly address: string;
  readonly pollIntervals: PollIntervals;
  /** Graph takes the recipients from the MIME source's header fields. */
  readonly keepBcc = true;
  readonly #session: GraphSession;
  readonly #sources = new Sources(4 * 1024 * 1024);
  readonly #folders: Folders;
  readonly #arrivals: Arrivals;

  constructor(session: GraphSession, pollIntervals: PollIntervals, note: (text: string) => void) {
    this.address = session.address;
    this.pollIntervals = pollIntervals;
    this.#session = session;
    this.#folders = new Folders(session);
    this.#arrivals = new Arrivals(session, this.#sources, note);
  }

  folder(path: FolderPath, options?: CallOptions) {
    return this.#folders.find(path, options);
  }

  position(folder: Folder, options?: CallOptions & { readonly since?: Date }) {
    return this.#arrivals.position(folder, options);
  }

  arrivals(folder: Folder, after: Position, options?: CallOptions) {
    return this.#arrivals.after(folder, after, options);
  }

  /** Graph pushes to servers that it can reach, not to a test: there is never a hint. */
  async watch(_folder: Folder, _hint: () => void, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    await new Promise<void>((resolve) => onAbort(signal, resolve));
  }

  fetch(refs: readonly MessageRef[], options?: FetchOptions) {
    return fetchSources(this.#session, this.#sources, refs, options);
  }

  stillThere(folder: Folder, refs: readonly MessageRef[], options?: CallOptions) {
    return stillThere(this.#session, folder, refs, options);
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

  append(folder: Folder, { source }: ComposedMessage, options?: CallOptions) {
    return append(this.#session, folder, { ...options, source });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#session.close();
  }
}
