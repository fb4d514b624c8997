import { ExchangeError, isExchangeError } from '../../errors.js';
import { retry } from '../../async/retry.js';
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
import { append, flag, move, remove } from './changes.js';
import { fetchSources } from './fetch.js';
import { findFolder } from './folders.js';
import { ImapSessions } from './imap-sessions.js';
import type { ImapSession } from './imap-session.js';
import type { SmtpSender } from './smtp-sender.js';
import { stillThere } from './still-there.js';

export interface ImapTransportSettings {
  readonly address: string;
  readonly pollIntervals: PollIntervals;
  /** Nothing where the connection can't send. */
  readonly sender: SmtpSender | undefined;
}

/** A mailbox over IMAP, and SMTP to send from it. */
export class ImapTransport implements MailTransport {
  readonly address: string;
  readonly pollIntervals: PollIntervals;
  /** SMTP takes the recipients from the envelope. */
  readonly keepBcc = false;
  readonly #sessions: ImapSessions;
  readonly #sender: SmtpSender | undefined;
  readonly #sources = new Sources(1024 * 1024);
  readonly #arrivals: Arrivals;

  constructor(session: ImapSession, { address, pollIntervals, sender }: ImapTransportSettings) {
    this.address = address;
    this.pollIntervals = pollIntervals;
    this.#sessions = new ImapSessions(session);
    this.#sender = sender;
    this.#arrivals = new Arrivals(this.#sessions, this.#sources);
  }

  folder(path: FolderPath, options?: CallOptions) {
    return findFolder(this.#sessions.main, path, options);
  }

  position(folder: Folder, options?: CallOptions & { readonly since?: Date }) {
    return this.#arrivals.position(folder, options);
  }

  arrivals(folder: Folder, after: Position, options?: CallOptions) {
    return this.#arrivals.after(folder, after, options);
  }

  async watch(folder: Folder, hint: () => void, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    try {
      await this.#sessions.watch(folder, hint, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  fetch(refs: readonly MessageRef[], options?: FetchOptions) {
    return fetchSources(this.#sessions, refs, { ...options, sources: this.#sources });
  }

  stillThere(_folder: Folder, refs: readonly MessageRef[], options?: CallOptions) {
    return stillThere(this.#sessions, refs, options);
  }

  async send(message: ComposedMessage, options?: CallOptions): Promise<void> {
    if (!this.#sender) throw noSmtp(this.address);
    await this.#sender.send(message, options);
    if (!this.#sender.keepsCopy) await this.#keepCopy(message, options);
  }

  flag(refs: readonly MessageRef[], isRead: boolean, options?: CallOptions) {
    return flag(this.#sessions, refs, { ...options, isRead });
  }

  move(refs: readonly MessageRef[], to: Folder, options?: CallOptions) {
    return move(this.#sessions, refs, { ...options, to });
  }

  delete(refs: readonly MessageRef[], options?: CallOptions) {
    return remove(this.#sessions, refs, options);
  }

  append(folder: Folder, { source }: ComposedMessage, options?: CallOptions) {
    return append(this.#sessions, folder, { ...options, source });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#sender?.close();
    this.#sessions.close();
  }

  /** Puts what was sent into Sent, where there is such a folder. What failed is tried again here: it was sent. */
  async #keepCopy({ source }: ComposedMessage, options: CallOptions = {}): Promise<void> {
    try {
      await retry(async () => {
        const folder = await this.folder('sentitems', options);
        await append(this.#sessions, folder, { ...options, source, flags: ['\\Seen'] });
      }, options);
    } catch (error) {
      if (!isExchangeError(error) || error.code !== 'FOLDER_NOT_FOUND') throw error;
    }
  }
}

function noSmtp(address: string): ExchangeError {
  return new ExchangeError('CONFIGURATION', `The mailbox ${address} can't send: its connection names no SMTP server.`, {
    advice: ['set smtp: { host, port, security } in the connection'],
  });
}
