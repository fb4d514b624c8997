import { refuse } from '../input/refuse.js';
import { withDefaults } from '../input/with-defaults.js';
import type { ResolvedConnection } from '../config/resolved.js';
import { ExchangeError, isExchangeError } from '../errors.js';
import { createOwnAddress } from './address.js';
import { checkView } from './check-view.js';
import type { Arrival, Content } from './following/arrival.js';
import { bounded } from '../async/bounded.js';
import type { Places } from '../async/places.js';
import { composeMessage } from './message/compose.js';
import type { WaitOptions } from '../async/deadline.js';
import { waitFaults } from '../async/wait-faults.js';
import { Feed } from './following/feed.js';
import { Sightings } from './following/sightings.js';
import { Mailbox } from './mailbox.js';
import { Notices } from './notices.js';
import { messagesAfter } from './portions.js';
import type { Cleanup, HandedOut } from './sharing/handed-out.js';
import type { MailboxContext } from './mailbox-context.js';
import { Message } from './message/message.js';
import { describeOutgoing, outgoingFaults, type OutgoingMessage, type SentMessage } from './message/outgoing.js';
import { withReplyTo } from './message/outgoing/with-reply-to.js';
import type { Folder, FolderPath, MailTransport, MessageRef } from './transport.js';

export interface MailboxViewOptions extends WaitOptions {
  /** Sees what was received since then too. */
  readonly since?: Date;
}

/** What of a definition matters once the transport is open. */
type ConnectionFacts = Pick<ResolvedConnection, 'name' | 'addressing'>;

/** Tells the last mail of a server, whoever it is for. */
export type Elsewhere = (signal: AbortSignal) => Promise<readonly MessageRef[]>;

/** What frees what was opened for a connection's transport, and what it shares with other processes. */
interface ConnectionRooms {
  readonly release: () => Promise<void>;
  /** Where it writes down what tests were handed; nothing where nobody else would read it. */
  readonly handedOut?: HandedOut | undefined;
  /** Where what is to be sent takes its turn; nothing where all may be sent at once. */
  readonly sends?: Places | undefined;
  /** The last that anybody got, where the server tells. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Whether others wait for what it keeps as long as it is open. */
  readonly isWanted?: (() => Promise<boolean>) | undefined;
  /** What reports should say; of its transport too. */
  readonly notices?: Notices;
}

/** How far a view of an address that was made elsewhere looks back, in milliseconds. */
const lookBackTime = 3_600_000;

/** What a message's actions need of the view that it was found in. */
interface View {
  readonly own: string;
  readonly timeout: number;
  readonly send: (message: OutgoingMessage) => Promise<SentMessage>;
}

/** An open connection to one account: its views share one feed a folder. */
export class Connection implements AsyncDisposable {
  /** Its name in the definitions. */
  readonly name: string;
  readonly #definition: ConnectionFacts;
  readonly #transport: MailTransport;
  readonly #rooms: ConnectionRooms;
  readonly #folders = new Map<string, Promise<Folder>>();
  readonly #feeds = new Map<string, Promise<Feed>>();
  readonly #notices: Notices;
  readonly #sightings = new Sightings();
  readonly #closing = new AbortController();

  constructor(definition: ConnectionFacts, transport: MailTransport, rooms: ConnectionRooms) {
    this.name = definition.name;
    this.#definition = definition;
    this.#transport = transport;
    this.#rooms = rooms;
    this.#notices = rooms.notices ?? new Notices();
  }

  /** The account's address. */
  get address(): string {
    return this.#transport.address;
  }

  /**
   * A view of the mail for an address made elsewhere (it looks back an hour); without one, of a new address of
   * its own, or of all that arrives from now on where the connection's addressing is plain.
   */
  async mailbox(
    address: string | undefined,
    options: MailboxViewOptions & { readonly timeout: number },
    cleanup?: Cleanup,
  ): Promise<Mailbox> {
    checkView(address, options);
    const { addressing } = this.#definition;
    const own = address ?? (addressing === 'plain' ? this.address : createOwnAddress(addressing, this.address));
    const shared = own.toLowerCase() === this.address.toLowerCase();
    const lookBack = address !== undefined && !shared ? new Date(Date.now() - lookBackTime) : undefined;
    const scope = { address: own, shared, since: options.since ?? lookBack };
    return await Mailbox.open(this.#context(own, options.timeout, cleanup), scope, options);
  }

  /** Sends a message. Only where the server surely has not taken it is it tried again. */
  async send(message: OutgoingMessage, options: WaitOptions & { readonly timeout: number }): Promise<SentMessage> {
    refuse(`The message can't be sent.`, [...outgoingFaults(message), ...waitFaults(options)]);
    const composed = await composeMessage({ ...message, from: message.from ?? this.address }, this.#transport);
    const what = `Sending ${describeOutgoing(message)} on connection "${this.name}"`;
    const onRetry = (error: unknown): void => this.#refused(error);
    const bounds = { what, options, defaultTimeout: options.timeout, onRetry };
    await bounded(bounds, async (signal) => {
      const send = (): Promise<void> => this.#transport.send(composed, { signal });
      await (this.#rooms.sends ? this.#rooms.sends.run(1, signal, send) : send());
    });
    return { messageId: composed.messageId, ...composed.envelope };
  }

  /** Does to what killed processes were handed, and left, what they would have done. */
  async cleanUpAfterOthers(options: WaitOptions & { readonly timeout: number }): Promise<void> {
    const entries = (await this.#rooms.handedOut?.adopt()) ?? [];
    if (entries.length === 0) return;
    const refs = (cleanup: Cleanup): MessageRef[] =>
      entries.filter((entry) => entry.cleanup === cleanup).map(({ id }) => refOf(id));
    const bounds = { what: 'Cleaning up after a killed process', options, defaultTimeout: options.timeout };
    await bounded(bounds, async (signal) => {
      await this.#transport.delete(refs('delete'), { signal });
      await this.#transport.flag(refs('read'), true, { signal });
    });
    await this.settle();
  }

  /** All that its views were handed is cleaned up. */
  async settle(): Promise<void> {
    await this.#rooms.handedOut?.settle();
  }

  /** Whether others wait until it is closed. */
  async isWanted(): Promise<boolean> {
    return (await this.#rooms.isWanted?.()) ?? false;
  }

  /** Has a report say something of the connection, once. */
  note(notice: string): void {
    this.#notices.add(notice);
  }

  /** What a report should say of the connection (push refused ...), since this was last asked. */
  takeNotices(): string[] {
    return this.#notices.take();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new ExchangeError('CLOSED', `The connection "${this.name}" was closed.`));
    for (const feed of this.#feeds.values()) void feed.then((opened) => opened.close()).catch(() => {});
    await this.#transport[Symbol.asyncDispose]();
    await this.#rooms.release();
  }

  /** What a view of the mail for an address needs. Each view has messages of its own: their answers come back to it. */
  #context(own: string, timeout: number, cleanup?: Cleanup): MailboxContext {
    const messages = new WeakMap<Content, Message>();
    const send = (message: OutgoingMessage, options: WaitOptions = {}): Promise<SentMessage> =>
      this.send(withReplyTo(message, { own, account: this.address }), withDefaults(options, { timeout }));
    return {
      connection: this.name,
      account: this.address,
      timeout,
      feed: (folder) => this.#feed(folder),
      message: (arrival, content) => {
        const message = messages.get(content) ?? this.#createMessage(arrival, content, { own, timeout, send });
        messages.set(content, message);
        return message;
      },
      note: (notice) => this.note(notice),
      send,
      delete: (refs, signal) => this.#transport.delete(refs, { signal }),
      flag: (refs, signal) => this.#transport.flag(refs, true, { signal }),
      handingOut: ({ id }) => cleanup && this.#rooms.handedOut?.note({ cleanup, id }),
      elsewhere: async (signal) => (await this.#rooms.elsewhere?.(signal)) ?? [],
      receivedSince: (folder, since, signal) => this.#receivedSince(folder, since, signal),
    };
  }

  #refused(error: unknown): void {
    if (isExchangeError(error) && error.code === 'SERVER_BUSY') this.#notices.refused(error);
  }

  #feed(path: FolderPath): Promise<Feed> {
    return cached(this.#feeds, JSON.stringify(path), async () => {
      const [transport, sightings, notice] = [this.#transport, this.#sightings, (text: string) => this.note(text)];
      const folder = await this.#folder(path);
      const troubled = (error: unknown): void => this.#refused(error);
      return await Feed.open({ transport, folder, sightings, notice, troubled }, this.#closing.signal);
    });
  }

  #folder(path: FolderPath): Promise<Folder> {
    const { signal } = this.#closing;
    return cached(this.#folders, JSON.stringify(path), () => this.#transport.folder(path, { signal }));
  }

  #createMessage(arrival: Arrival, content: Content, { own, timeout, send }: View): Message {
    const transport = this.#transport;
    const change = <T>(what: string, operation: (signal: AbortSignal) => Promise<T>): Promise<T> =>
      bounded(
        { what: `${what} ${JSON.stringify(arrival.ref.subject)}`, options: {}, defaultTimeout: timeout },
        operation,
      );
    return new Message(content.parsed, {
      receivedAt: arrival.ref.receivedAt,
      source: content.source,
      ownAddresses: [own, this.address],
      send,
      delete: async () => {
        await change('Deleting', (signal) => transport.delete([arrival.ref], { signal }));
        arrival.gone = arrival.deleted = true;
      },
      moveTo: async (path) => {
        await change('Moving', async (signal) => transport.move([arrival.ref], await this.#folder(path), { signal }));
        arrival.gone = true;
      },
      markAsRead: (isRead) => change('Marking', (signal) => transport.flag([arrival.ref], isRead, { signal })),
    });
  }

  async #receivedSince(path: FolderPath, since: Date, signal: AbortSignal): Promise<readonly MessageRef[]> {
    const folder = await this.#folder(path);
    const position = await this.#transport.position(folder, { since, signal });
    return await messagesAfter(this.#transport, folder, position, { signal });
  }
}

/** A message of which only its name is known. */
function refOf(id: string): MessageRef {
  const nothing = { messageId: '', from: undefined, to: [], cc: [], deliveredTo: [], subject: '', isRead: false };
  return { id, size: 0, receivedAt: new Date(0), ...nothing };
}

/** What is being made is shared; what failed is made again. */
function cached<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = cache.get(key);
  if (!value) {
    value = make();
    cache.set(key, value);
    value.catch(() => cache.delete(key));
  }
  return value;
}
