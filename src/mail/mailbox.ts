import { isAddressedTo } from './address.js';
import type { Arrival } from './following/arrival.js';
import { bounded } from '../async/bounded.js';
import { Deadline, type WaitOptions } from '../async/deadline.js';
import type { Feed } from './following/feed.js';
import { checkSearch } from './check-search.js';
import { mismatches, type MessageFilter } from './message/filter.js';
import { FolderView } from './following/folder-view.js';
import { OpenWaits, type OpenWait } from './following/open-waits.js';
import type { Message } from './message/message.js';
import type { OutgoingMessage, SentMessage } from './message/outgoing.js';
import { Subscription } from './following/subscription.js';
import { subscriptionSource } from './following/subscription-source.js';
import { timeoutError } from './following/timeout-report.js';
import type { FolderPath, MessageRef } from './transport.js';
import { waitFaults } from '../async/wait-faults.js';
import { untilAborted } from '../async/until-aborted.js';
import { refuse } from '../input/refuse.js';
import type { ExchangeError } from '../errors.js';

/** What a view needs of the connection it belongs to. */
export interface MailboxContext {
  /** The connection's name. */
  readonly connection: string;
  /** The account's address. */
  readonly account: string;
  /** Milliseconds a wait takes at most, unless it says otherwise. */
  readonly timeout: number;
  feed(folder: FolderPath): Promise<Feed>;
  message(feed: Feed, arrival: Arrival): Promise<Message | undefined>;
  send(message: OutgoingMessage, options: WaitOptions): Promise<SentMessage>;
  delete(messages: readonly MessageRef[], signal: AbortSignal): Promise<void>;
  /** What was received in a folder at or after a date. */
  receivedSince(folder: FolderPath, since: Date, signal: AbortSignal): Promise<readonly MessageRef[]>;
}

export interface MailboxScope {
  /** The address whose mail the view sees. */
  readonly address: string;
  /** Others use the address too: the view sees all that arrives from now on, whoever it is for. */
  readonly shared: boolean;
  /** It sees what was received since then too. */
  readonly since: Date | undefined;
}

export interface FindOptions extends WaitOptions {
  /** @default 'inbox' */
  readonly folder?: FolderPath;
}

/** How an expectation ended: with a message, or with the reason why there is none. */
export type Reception = { readonly message: Message } | { readonly error: ExchangeError };

/** Milliseconds that a last look and one into Junk Email may take when a wait's time is up. */
const lastLookTime = 1500;

/**
 * A view of a mailbox: of the mail for one address, or of all that arrives after it was opened where the
 * address is shared. Within a view, `waitForMessage` hands each message out once.
 */
export class Mailbox implements AsyncDisposable {
  /** The address to have mail sent to. */
  readonly address: string;
  readonly #context: MailboxContext;
  readonly #scope: MailboxScope;
  readonly #openedAt = new Date();
  readonly #handedOut = new Set<string>();
  readonly #folders = new Map<string, Promise<FolderView>>();
  readonly #subscriptions = new Set<Subscription>();
  readonly #waits = new OpenWaits();

  private constructor(context: MailboxContext, scope: MailboxScope) {
    this.address = scope.address;
    this.#context = context;
    this.#scope = scope;
  }

  /** Opens a view; what arrives from now on will be seen. */
  static async open(context: MailboxContext, scope: MailboxScope, options: WaitOptions = {}): Promise<Mailbox> {
    const mailbox = new Mailbox(context, scope);
    await mailbox.#bounded('Opening the mailbox', options, () => mailbox.#folder('inbox'));
    return mailbox;
  }

  /** The expectations that have not ended yet. */
  get openWaits(): readonly OpenWait[] {
    return this.#waits.list;
  }

  /**
   * Sends a message from the connection's account.
   * @throws CONFIGURATION with all that is wrong with the message, before anything is tried
   */
  async send(message: OutgoingMessage, options: WaitOptions = {}): Promise<SentMessage> {
    return await this.#context.send(message, options);
  }

  /**
   * Waits for a message that matches, and hands it out: no later wait of this view gets it again. Competing
   * waits are served in the order of their calls.
   * @throws MESSAGE_TIMEOUT with what came instead and why it was no match
   */
  async waitForMessage(filter: MessageFilter = {}, options: FindOptions = {}): Promise<Message> {
    const wait = { what: 'waitForMessage', filter };
    const reception = await this.#waits.during(wait, () => this.#receive(filter, options, false));
    if ('error' in reception) throw reception.error;
    return reception.message;
  }

  /**
   * As `waitForMessage`, but it only looks, and gives the error instead of throwing it. `what` is what it is called
   * while it is open.
   */
  async peekForMessage(
    filter: MessageFilter = {},
    options: FindOptions = {},
    what: string = 'toReceive',
  ): Promise<Reception> {
    return await this.#waits.during({ what, filter }, () => this.#receive(filter, options, true));
  }

  /**
   * The messages that have come until now and match, oldest first. It only looks. What somebody else deletes or moves
   * away after it has been read is among them until the view is closed; a view opened anew does not show it.
   */
  async find(filter: MessageFilter = {}, options: FindOptions = {}): Promise<Message[]> {
    checkSearch('find', filter, options);
    return await this.#bounded('Looking for messages', options, async () => {
      const view = await this.#look(options.folder);
      const found: Message[] = [];
      for (const message of await view.messages()) {
        if ((await mismatches(message, filter)).length === 0) found.push(message);
      }
      return found;
    });
  }

  /** Collects the messages that come from now on and match. It only looks. Close it, or say `await using`. */
  async subscribe(filter: MessageFilter = {}, options: FindOptions = {}): Promise<Subscription> {
    checkSearch('subscribe', filter, options);
    const view = await this.#bounded('Subscribing', options, () => this.#look(options.folder));
    const source = subscriptionSource(view, {
      filter,
      timeout: this.#context.timeout,
      timeoutError: (deadline) => this.#timeoutError(view, filter, deadline, options.folder),
    });
    const subscription = new Subscription(source);
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /** Deletes for good all that this view sees, and nothing else. Returns how many messages that were. */
  async clear(options: WaitOptions = {}): Promise<number> {
    refuse('The options of clear(options) are not usable.', waitFaults(options));
    return await this.#bounded('Clearing the mailbox', options, async (signal) => {
      await this.#look('inbox');
      const views = await Promise.all(this.#folders.values());
      const there = views.flatMap(({ arrivals }) => arrivals).filter(({ gone }) => !gone);
      await this.#context.delete(
        there.map(({ ref }) => ref),
        signal,
      );
      for (const arrival of there) arrival.gone = true;
      return there.length;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.close();
    for (const view of await Promise.allSettled(this.#folders.values())) {
      if (view.status === 'fulfilled') view.value.close();
    }
  }

  async #receive(filter: MessageFilter, options: FindOptions, peek: boolean): Promise<Reception> {
    checkSearch(peek ? 'toReceive' : 'waitForMessage', filter, options);
    using deadline = new Deadline(options, this.#context.timeout);
    const view = await this.#bounded('Opening the folder', options, () => this.#folder(options.folder ?? 'inbox'));
    const message = await view.wait(filter, { peek, signal: deadline.signal });
    if (message) return { message };
    deadline.throwIfCancelled();
    const late = await lastLook(view, filter, peek);
    return late ? { message: late } : { error: await this.#timeoutError(view, filter, deadline, options.folder) };
  }

  async #timeoutError(
    view: FolderView,
    filter: MessageFilter,
    deadline: Deadline,
    folder: FolderPath = 'inbox',
  ): Promise<ExchangeError> {
    return await timeoutError({
      connection: this.#context.connection,
      address: this.address,
      account: this.#context.account,
      filter,
      limit: deadline.describe(),
      view,
      folder: typeof folder === 'string' ? folder : folder.join('/'),
      junk: folder === 'inbox' ? await this.#junk() : [],
    });
  }

  async #junk(): Promise<readonly MessageRef[] | undefined> {
    const signal = AbortSignal.timeout(lastLookTime);
    try {
      const found = this.#context.receivedSince('junkemail', this.#scope.since ?? this.#openedAt, signal);
      const messages = await untilAborted(found, signal);
      return messages.filter((ref) => this.#scope.shared || isAddressedTo(ref, this.address));
    } catch {
      return undefined;
    }
  }

  /** The folder's view after one look at the server. */
  async #look(path: FolderPath = 'inbox'): Promise<FolderView> {
    const view = await this.#folder(path);
    await view.feed.look();
    return view;
  }

  #folder(path: FolderPath): Promise<FolderView> {
    const key = JSON.stringify(path);
    let view = this.#folders.get(key);
    if (!view) {
      view = this.#openFolder(path);
      this.#folders.set(key, view);
      view.catch(() => this.#folders.delete(key));
    }
    return view;
  }

  async #openFolder(path: FolderPath): Promise<FolderView> {
    const { shared, since } = this.#scope;
    const feed = await this.#context.feed(path);
    if (shared) await feed.look();
    const view = new FolderView(feed, {
      sees: ({ ref }) => shared || isAddressedTo(ref, this.address),
      toMessage: (...source) => this.#context.message(...source),
      handedOut: this.#handedOut,
    });
    const from = path === 'inbox' ? since : (since ?? this.#openedAt);
    if (from) view.addEarlier(await feed.lookBack(from));
    return view;
  }

  #bounded<T>(what: string, options: WaitOptions, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const subject = `${what} (${this.address}, connection "${this.#context.connection}")`;
    return bounded({ what: subject, options, defaultTimeout: this.#context.timeout }, operation);
  }
}

/** What came in the last moment, or was overlooked by push, still counts. */
async function lastLook(view: FolderView, filter: MessageFilter, peek: boolean): Promise<Message | undefined> {
  const end = new AbortController();
  const grace = AbortSignal.timeout(lastLookTime);
  const waiting = view.wait(filter, { peek, signal: end.signal });
  try {
    await Promise.race([
      waiting,
      untilAborted(
        view.feed.look().then(() => view.examined()),
        grace,
      ),
    ]);
  } catch (error) {
    if (!grace.aborted) throw error;
  } finally {
    end.abort();
  }
  return await waiting;
}
