import { EventEmitter, once } from 'node:events';
import type { ExchangeError } from '../../src/errors.js';
import type {
  CallOptions,
  ComposedMessage,
  Folder,
  Gone,
  MailTransport,
  MessageRef,
  PollIntervals,
  Position,
  RawMessage,
} from '../../src/mail/transport.js';

/** A mailbox in memory, whose calls are counted and can be made to fail. */
export class FakeTransport implements MailTransport {
  readonly address = 'qa@contoso.com';
  pollIntervals: PollIntervals = { withPush: 20, withoutPush: 5 };
  readonly keepBcc = false;
  /** How often each call was made. */
  readonly calls = { arrivals: 0, watch: 0, fetch: 0, fetched: 0 };
  /** What the next calls of a kind fail with, in their order. */
  readonly failures: Record<'arrivals' | 'watch' | 'fetch', ExchangeError[]> = { arrivals: [], watch: [], fetch: [] };
  /** Push announces what comes. */
  pushes = true;
  readonly #messages: MessageRef[] = [];
  readonly #gone = new Set<string>();
  readonly #events = new EventEmitter<{ arrived: []; broken: [ExchangeError] }>();

  deliver(subject: string, to: string = this.address): void {
    const number = this.#messages.length + 1;
    this.#messages.push({
      id: String(number),
      messageId: `<${number}@contoso.com>`,
      from: { name: '', address: 'app@contoso.com' },
      to: [{ name: '', address: to }],
      cc: [],
      deliveredTo: [],
      subject,
      size: 100,
      receivedAt: new Date(),
      isRead: false,
    });
    if (this.pushes) this.#events.emit('arrived');
  }

  remove(subject: string): void {
    for (const message of this.#messages) if (message.subject === subject) this.#gone.add(message.id);
  }

  /** Has the push that is under way end with an error. */
  breakPush(error: ExchangeError): void {
    this.#events.emit('broken', error);
  }

  async folder(): Promise<Folder> {
    return { id: 'inbox', name: 'Inbox' };
  }

  async position(_folder: Folder, { since }: CallOptions & { since?: Date } = {}): Promise<Position> {
    return String(since ? 0 : this.#messages.length) as Position;
  }

  async arrivals(_folder: Folder, after: Position): Promise<{ messages: MessageRef[]; position: Position }> {
    this.calls.arrivals++;
    await this.#answer('arrivals');
    return {
      messages: this.#messages.slice(Number(after)),
      position: String(this.#messages.length) as Position,
    };
  }

  async watch(_folder: Folder, hint: () => void, { signal }: { signal: AbortSignal }): Promise<void> {
    this.calls.watch++;
    await this.#answer('watch');
    hint();
    this.#events.on('arrived', hint);
    try {
      const [error] = (await once(this.#events, 'broken', { signal })) as [ExchangeError];
      throw error;
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#events.off('arrived', hint);
    }
  }

  async fetch(refs: readonly MessageRef[]): Promise<(RawMessage | Gone)[]> {
    this.calls.fetch++;
    this.calls.fetched += refs.length;
    await this.#answer('fetch');
    return refs.map((ref) =>
      this.#gone.has(ref.id)
        ? { ref, gone: true }
        : { ref, source: Buffer.from(`Message-ID: ${ref.messageId}\r\nSubject: ${ref.subject}\r\n\r\nText\r\n`) },
    );
  }

  async send(_message: ComposedMessage): Promise<void> {}
  async flag(): Promise<void> {}
  async move(): Promise<void> {}
  async delete(): Promise<void> {}
  async append(): Promise<void> {}
  async [Symbol.asyncDispose](): Promise<void> {}

  async #answer(kind: 'arrivals' | 'watch' | 'fetch'): Promise<void> {
    const failure = this.failures[kind].shift();
    if (failure) throw failure;
  }
}
