import { EventEmitter, once } from 'node:events';
import { ExchangeError } from '../../src/errors.js';
import type {
  ArrivalsOptions,
  CallOptions,
  ComposedMessage,
  Fetched,
  Folder,
  FolderPath,
  MailTransport,
  MessageRef,
  NewArrivals,
  PollIntervals,
  Position,
} from '../../src/mail/transport.js';

type Kind = 'arrivals' | 'watch' | 'fetch';

interface FakeMessage {
  ref: MessageRef;
  folder: string;
  /** It grows with every message that enters a folder. */
  number: number;
  /** Push told of it. */
  isTold: boolean;
}

/** A mailbox in memory, whose calls are counted and can be made to fail. */
export class FakeTransport implements MailTransport {
  readonly address = 'qa@contoso.com';
  pollIntervals: PollIntervals = { withPush: 20, withoutPush: 5 };
  readonly keepBcc = false;
  /** How often each call was made. */
  readonly calls = { arrivals: 0, watch: 0, fetch: 0, fetched: 0 };
  /** What the next calls of a kind fail with, in their order; nothing for one that does not. */
  readonly failures: Record<Kind, (ExchangeError | undefined)[]> = { arrivals: [], watch: [], fetch: [] };
  /** By subject: what the server says instead of giving the message. */
  readonly unreadable = new Map<string, ExchangeError>();
  /** By subject: what any request fails with that asks for the message. */
  readonly poison = new Map<string, ExchangeError>();
  /** By subject: messages whose envelope the server does not give. */
  readonly withoutEnvelope = new Set<string>();
  /** By subject: what a request waits for that asks for the message. */
  readonly held = new Map<string, Promise<void>>();
  /** By subject: the messages' sources. */
  readonly sources = new Map<string, Buffer>();
  /** Push announces what comes. */
  pushes = true;
  /** So many messages come of a look. */
  portion = Infinity;
  #messages: FakeMessage[] = [];
  #numbers = 0;
  readonly #events = new EventEmitter<{ arrived: []; broken: [ExchangeError] }>();

  deliver(subject: string, to: string = this.address, envelope: Partial<MessageRef> = {}): void {
    const number = ++this.#numbers;
    const ref = {
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
      ...envelope,
    };
    this.#messages.push({ ref, folder: 'inbox', number, isTold: this.pushes });
    if (this.pushes) this.#events.emit('arrived');
  }

  remove(subject: string): void {
    this.#messages = this.#messages.filter(({ ref }) => ref.subject !== subject);
  }

  /** Moves a message: it has another id there. */
  relocate(subject: string, folder: string): void {
    const message = this.#messages.find(({ ref }) => ref.subject === subject)!;
    const number = ++this.#numbers;
    this.#messages = this.#messages.filter((other) => other !== message);
    this.#messages.push({ ref: { ...message.ref, id: String(number) }, folder, number, isTold: this.pushes });
    if (this.pushes) this.#events.emit('arrived');
  }

  /** Has the push that is under way end with an error. */
  breakPush(error: ExchangeError): void {
    this.#events.emit('broken', error);
  }

  async folder(path: FolderPath): Promise<Folder> {
    const id = [path].flat().join('/');
    return { id, name: id === 'inbox' ? 'Inbox' : id };
  }

  async position(_folder: Folder, { since }: CallOptions & { since?: Date } = {}): Promise<Position> {
    return String(since ? 0 : this.#numbers) as Position;
  }

  async arrivals(folder: Folder, after: Position, { hinted = false }: ArrivalsOptions = {}): Promise<NewArrivals> {
    this.calls.arrivals++;
    await this.#answer('arrivals');
    const last = hinted ? (this.#messages.findLast(({ isTold }) => isTold)?.number ?? 0) : this.#numbers;
    const all = this.#messages.filter(
      (message) => message.folder === folder.id && message.number > Number(after) && message.number <= last,
    );
    const arrived = all.slice(0, this.portion);
    const isPartial = arrived.length < all.length;
    const end = isPartial ? arrived.at(-1)!.number : Math.max(last, Number(after));
    const isPlain = ({ ref }: FakeMessage): boolean => !this.withoutEnvelope.has(ref.subject);
    return {
      messages: arrived.filter(isPlain).map(({ ref }) => ref),
      unreadable: arrived
        .filter((message) => !isPlain(message))
        .map(({ ref }) => ({ ref: withoutEnvelope(ref), unreadable: new ExchangeError('PROTOCOL', 'corrupt') })),
      position: String(end) as Position,
      isPartial,
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

  async fetch(refs: readonly MessageRef[]): Promise<Fetched[]> {
    this.calls.fetch++;
    this.calls.fetched += refs.length;
    await this.#answer('fetch');
    const messageOf = ({ id }: MessageRef): FakeMessage | undefined =>
      this.#messages.find((message) => message.ref.id === id);
    for (const ref of refs) await this.held.get(messageOf(ref)?.ref.subject ?? '');
    const answers = refs.map((ref) => this.#fetched(ref, messageOf(ref)));
    const failure = refs.map((ref) => this.poison.get(messageOf(ref)?.ref.subject ?? '')).find(Boolean);
    if (failure) throw failure;
    return answers;
  }

  async stillThere(folder: Folder, refs: readonly MessageRef[]): Promise<ReadonlySet<string>> {
    const there = new Set(this.#messages.filter((message) => message.folder === folder.id).map(({ ref }) => ref.id));
    return new Set(refs.map(({ id }) => id).filter((id) => there.has(id)));
  }

  async send(_message: ComposedMessage): Promise<void> {}
  async flag(): Promise<void> {}

  async move(refs: readonly MessageRef[], to: Folder): Promise<void> {
    const moved = this.#messages.filter(({ ref }) => refs.some(({ id }) => id === ref.id));
    for (const { ref } of moved) this.relocate(ref.subject, to.id);
  }

  async delete(refs: readonly MessageRef[]): Promise<void> {
    for (const { subject } of refs) {
      const failure = this.poison.get(subject);
      if (failure) throw failure;
    }
    this.#messages = this.#messages.filter(({ ref }) => !refs.some(({ id }) => id === ref.id));
  }

  async append(): Promise<void> {}
  async [Symbol.asyncDispose](): Promise<void> {}

  #fetched(ref: MessageRef, message: FakeMessage | undefined): Fetched {
    if (!message) return { ref, gone: true };
    const { subject, messageId, to } = message.ref;
    const unreadable = this.unreadable.get(subject);
    if (unreadable) return { ref, unreadable };
    const head = `Message-ID: ${messageId}\r\nTo: ${to.map(({ address }) => address).join(', ')}\r\nSubject: ${subject}`;
    return { ref, source: this.sources.get(subject) ?? Buffer.from(`${head}\r\n\r\nText\r\n`) };
  }

  async #answer(kind: Kind): Promise<void> {
    const failure = this.failures[kind].shift();
    if (failure) throw failure;
  }
}

function withoutEnvelope({ id, size, receivedAt }: MessageRef): MessageRef {
  const nothing = { messageId: '', from: undefined, to: [], cc: [], deliveredTo: [], subject: '', isRead: false };
  return { id, size, receivedAt, ...nothing };
}
