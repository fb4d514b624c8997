import { onAbort } from '../../async/on-abort.js';
import { Slots } from '../../async/slots.js';
import { ExchangeError, isExchangeError } from '../../errors.js';
import type { Folder } from '../transport.js';
import type { ImapSession } from './imap-session.js';

/** Connections at once for what is better kept apart. */
const mostAsides = 2;

/**
 * The connections to a mailbox. One does it all, as long as one folder is watched: IDLE tells of one folder
 * a connection. Each further one that is watched has a connection of its own meanwhile.
 */
export class ImapSessions {
  readonly main: ImapSession;
  readonly #further = new Map<string, ImapSession>();
  readonly #asides = new Slots(mostAsides);
  readonly #closing = new AbortController();

  constructor(main: ImapSession) {
    this.main = main;
  }

  /** The connection to use a folder over. */
  of(path: string): ImapSession {
    return this.#further.get(path) ?? this.main;
  }

  /** Does something over a connection of its own, so that it holds up no other whatever becomes of it. */
  async aside<T>(action: (session: ImapSession) => Promise<T>, signal = this.#closing.signal): Promise<T> {
    return await this.#asides.run(1, signal, async () => {
      const session = this.main.another();
      const stay = onAbort(this.#closing.signal, () => session.close());
      try {
        return await action(session);
      } finally {
        stay();
        session.close();
      }
    });
  }

  /** Calls `hint` whenever something may have come, until the signal aborts or the connection breaks. */
  async watch(folder: Folder, hint: () => void, signal: AbortSignal): Promise<void> {
    const { watched } = this.main;
    if (!watched || watched.id === folder.id) return await this.main.watch(folder, hint, signal);
    const session = this.main.another();
    try {
      await session.connect(signal);
      this.#further.set(folder.id, session);
      await session.watch(folder, hint, signal);
    } catch (error) {
      // The first connection works, so this is about their number.
      throw isExchangeError(error) && /SERVER_BUSY|ACCESS_DENIED/.test(error.code) ? noneLeft(error) : error;
    } finally {
      this.#further.delete(folder.id);
      session.close();
    }
  }

  close(): void {
    this.#closing.abort();
    for (const session of [this.main, ...this.#further.values()]) session.close();
  }
}

function noneLeft(error: ExchangeError): ExchangeError {
  const { message, advice, cause } = error;
  return new ExchangeError('PUSH_UNAVAILABLE', message.split('\n')[0]!, { advice, cause });
}
