import { isAddressedTo } from './address.js';
import type { MailboxContext, MailboxScope } from './mailbox-context.js';
import { lastLook, lastLookTime } from './following/last-look.js';
import type { Arrival } from './following/arrival.js';
import { bisect, type Failed } from '../async/bisect.js';
import { within } from '../async/bounded.js';
import { Deadline, type WaitOptions } from '../async/deadline.js';
import { EitherSignal } from '../async/either-signal.js';
import { describeFolder } from './folder-path.js';
import { checkSearch } from './check-search.js';
import { mismatches, type MessageFilter } from './message/filter/filter.js';
import { MailboxFolders } from './mailbox-folders.js';
import type { Message } from './message/message.js';
import type { OutgoingMessage, SentMessage } from './message/outgoing.js';
import { Subscription } from './following/subscription.js';
import { subscriptionSource } from './following/subscription-source.js';
import type { TimeoutFacts } from './following/timeout-facts.js';
import { timeoutError } from './following/timeout-report.js';
import { UnmetWaits } from './following/unmet-waits.js';
import { whereaboutsIn, type Whereabouts } from './following/whereabouts.js';
import type { FolderPath, MessageRef } from './transport.js';
import { waitFaults } from '../async/wait-faults.js';
import { untilAborted } from '../async/until-aborted.js';
import { refuse } from '../input/refuse.js';
import { ExchangeError } from '../errors.js';
import type { Cleanup } from './sharing/handed-out.js';

export interface FindOptions extends WaitOptions {
  /** @default 'inbox' */
  readonly folder?: FolderPath;
}

/** How an expectation ended: with a message, or with the reason why there is none. */
export type Reception = { readonly message: Message } | { readonly error: ExchangeError };

interface Receiving {
  /** Only looks. */
  readonly peek: boolean;
  /** No message is what is hoped for, where it is false. */
  readonly isWanted: boolean;
}

/** Milliseconds that reading what is left for the report may take. */
const reportTime = 500;

/**
 * A view of a mailbox: of the mail for one address, or of all that arrives after it was opened where the
 * address is shared. Within a view, `waitForMessage` hands each message out once.
 */
export class Mailbox implements AsyncDisposable {
  /** The address to have mail sent to. */
  readonly address: string;
  readonly #context: MailboxContext;
  readonly #scope: MailboxScope;
  readonly #folders: MailboxFolders;
  readonly #subscriptions = new Set<Subscription>();
  readonly #unmet = new UnmetWaits();
  readonly #closing = new AbortController();

  private constructor(context: MailboxContext, scope: MailboxScope) {
    this.address = scope.address;
    this.#context = context;
    this.#scope = scope;
    this.#folders = new MailboxFolders(context, scope);
  }

  /** @internal Opens a view; what arrives from now on will be seen. */
  static async open(context: MailboxContext, scope: MailboxScope, options: WaitOptions = {}): Promise<Mailbox> {
    const mailbox = new Mailbox(context, scope);
    await mailbox.#bounded('Opening the mailbox', options, () => mailbox.#folders.get('inbox'));
    return mailbox;
  }

  /**
   * Sends a message from the connection's account. Answers to it come to this mailbox's own address (`Reply-To`),
   * unless `replyTo` or `from` says otherwise; `replyTo: []` leaves the field out.
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
    const reception = await this.#receive(filter, options, { peek: false, isWanted: true });
    if ('error' in reception) throw reception.error;
    return reception.message;
  }

  /**
   * @internal As `waitForMessage`, but it only looks, and gives the error instead of throwing it.
   * @param isWanted no message is what is hoped for, where it is false
   */
  async peekForMessage(filter: MessageFilter = {}, options: FindOptions = {}, isWanted = true): Promise<Reception> {
    return await this.#receive(filter, options, { peek: true, isWanted });
  }

  /**
   * The messages that have come and match, oldest first, as they are there now: what anybody has deleted or moved away
   * is not among them. It only looks. What can't be read is left out, and an annotation says so.
   */
  async find(filter: MessageFilter = {}, options: FindOptions = {}): Promise<Message[]> {
    checkSearch('find', filter, options);
    return await this.#bounded('Looking for messages', options, async () => {
      const view = await this.#folders.look(options.folder);
      const arrivals = await view.feed.stillThere(view.arrivals);
      const readings = await Promise.all(arrivals.map((arrival) => view.read(arrival)));
      const found: Message[] = [];
      for (const [index, reading] of readings.entries()) {
        if ('unreadable' in reading) this.#noteUnreadable(arrivals[index]!, reading.unreadable);
        if ('read' in reading && (await mismatches(reading.read, filter)).length === 0) found.push(reading.read);
      }
      return found;
    });
  }

  /** Collects the messages that come from now on and match. It only looks. It ends with the test; `close()` ends it before. */
  async subscribe(filter: MessageFilter = {}, options: FindOptions = {}): Promise<Subscription> {
    checkSearch('subscribe', filter, options);
    const view = await this.#bounded('Subscribing', options, () => this.#folders.look(options.folder));
    const source = subscriptionSource(view, {
      filter,
      timeout: this.#context.timeout,
      timeoutError: async (deadline) => {
        const { folder = 'inbox' } = options;
        this.#unmet.add({ view, filter, limit: deadline.describe() });
        return await this.#timeoutError({
          view,
          filter,
          deadline,
          folder,
          junk: await this.#junk(folder, lastLookTime(view)),
        });
      },
    });
    const subscription = new Subscription(source);
    this.#subscriptions.add(subscription);
    return subscription;
  }

  /** @internal What has come until now, as far as this view knows without asking. */
  get seen(): readonly MessageRef[] {
    return this.#folders.open.flatMap(({ view }) => refsOf(view.arrivals));
  }

  /** @internal What became of all that came: what can't be found out until the signal aborts is left out. */
  async whereabouts(signal: AbortSignal): Promise<readonly Whereabouts[]> {
    const looks = (['inbox', 'junkemail'] as const).map((folder) => untilAborted(this.#folders.look(folder), signal));
    await Promise.allSettled(looks);
    const { account } = this.#context;
    const late = await this.#unmet.late(signal);
    return this.#folders.open.flatMap(({ view, isJunk }) => whereaboutsIn(view, { isJunk, account, late }));
  }

  /** Deletes for good all that this view sees, and nothing else. Returns how many messages that were. */
  async clear(options: WaitOptions = {}): Promise<number> {
    refuse('The options of clear(options) are not usable.', waitFaults(options));
    let deleted = 0;
    return await this.#bounded('Clearing the mailbox', options, async (signal) => {
      await this.#folders.look('inbox');
      const views = await this.#folders.all();
      const there = views.flatMap(({ arrivals }) => arrivals).filter(({ gone }) => !gone);
      const left = await bisect(there, async (some) => {
        await this.#delete(some, signal);
        deleted += some.length;
      });
      if (left.length > 0) throw notDeleted(left);
      return deleted;
    });
  }

  /**
   * @internal Marks as read, or deletes for good, what this view has handed out, and nothing else. What has left its
   * place meanwhile is passed over.
   */
  async cleanUp(cleanup: Cleanup, options: WaitOptions = {}): Promise<void> {
    await this.#bounded('Cleaning up', options, async (signal) => {
      const views = await this.#folders.all();
      const handedOut = views.flatMap((view) => view.arrivals.filter((arrival) => view.wasHandedOut(arrival)));
      const there = handedOut.filter(({ gone }) => !gone);
      const left = await bisect(there, (some) =>
        cleanup === 'delete' ? this.#delete(some, signal) : this.#context.flag(refsOf(some), signal),
      );
      if (left.length > 0) throw left[0]!.error;
    });
  }

  /** Ends all that waits. */
  async [Symbol.asyncDispose](): Promise<void> {
    const advice = [
      'What a fixture gives is open until its test ends, or its beforeAll: call exchange.mailbox(address) anew.',
    ];
    this.#closing.abort(new ExchangeError('CLOSED', `The mailbox ${this.address} was closed.`, { advice }));
    for (const subscription of this.#subscriptions) subscription.close();
    this.#folders.close();
  }

  async #delete(arrivals: readonly Arrival[], signal: AbortSignal): Promise<void> {
    await this.#context.delete(refsOf(arrivals), signal);
    for (const arrival of arrivals) arrival.gone = arrival.deleted = true;
  }

  async #receive(filter: MessageFilter, options: FindOptions, how: Receiving): Promise<Reception> {
    const { peek, isWanted } = how;
    checkSearch(peek ? 'toReceive' : 'waitForMessage', filter, options);
    const { folder = 'inbox' } = options;
    return await this.#untilDeadline(options, async (deadline) => {
      const view = await this.#within(deadline, 'Opening the folder', () => this.#folders.get(folder));
      const message = await view.wait(filter, { peek, signal: deadline.signal });
      if (message) return { message };
      deadline.throwIfCancelled();
      const time = lastLookTime(view);
      const [late, junk] = await Promise.all([lastLook(view, { filter, peek, time }), this.#junk(folder, time)]);
      if (late) return { message: late };
      if (isWanted) this.#unmet.add({ view, filter, limit: deadline.describe() });
      return { error: await this.#timeoutError({ view, filter, deadline, folder, junk }) };
    });
  }

  async #timeoutError({
    deadline,
    folder,
    ...facts
  }: Pick<TimeoutFacts, 'view' | 'filter' | 'junk'> & { deadline: Deadline; folder: FolderPath }) {
    const { connection, account } = this.#context;
    const where = { connection, account, address: this.address, folder: describeFolder(folder) };
    const end = { limit: deadline.describe(), cutShort: deadline.isCutShort };
    const time = AbortSignal.timeout(reportTime);
    const elsewhere = await this.#elsewhere(time);
    return await timeoutError({ ...facts, ...where, ...end, elsewhere }, time);
  }

  /** What lies in Junk Email for the inbox's address; nothing where that could not be found out. */
  async #junk(folder: FolderPath, signal: AbortSignal): Promise<readonly MessageRef[] | undefined> {
    if (folder !== 'inbox') return [];
    try {
      const found = this.#context.receivedSince('junkemail', this.#folders.since, signal);
      const messages = await untilAborted(found, signal);
      return messages.filter((ref) => this.#scope.shared || isAddressedTo(ref, this.address));
    } catch {
      return undefined;
    }
  }

  /** What others got since the view was opened; nothing where that could not be found out. */
  async #elsewhere(signal: AbortSignal): Promise<readonly MessageRef[]> {
    const messages = await untilAborted(this.#context.elsewhere(signal), signal).catch(() => []);
    return messages.filter(({ receivedAt }) => receivedAt >= this.#folders.since);
  }

  #noteUnreadable({ ref }: Arrival, { message }: ExchangeError): void {
    const subject = JSON.stringify(ref.subject.slice(0, 200));
    this.#context.note(`The message ${subject} was left out, because it could not be read: ${message.split('\n')[0]}`);
  }

  #bounded<T>(what: string, options: WaitOptions, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#untilDeadline(options, (deadline) => this.#within(deadline, what, operation));
  }

  /** Gives an operation the one deadline for all its parts; that the view is closed ends it too. */
  async #untilDeadline<T>(options: WaitOptions, operation: (deadline: Deadline) => Promise<T>): Promise<T> {
    using cancelled = new EitherSignal(options.signal, this.#closing.signal);
    using deadline = new Deadline({ ...options, signal: cancelled.signal }, this.#context.timeout);
    return await operation(deadline);
  }

  #within<T>(deadline: Deadline, what: string, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return within(deadline, { what: `${what} (${this.address}, connection "${this.#context.connection}")` }, operation);
  }
}

function refsOf(arrivals: readonly Arrival[]): MessageRef[] {
  return arrivals.map(({ ref }) => ref);
}

function notDeleted(left: readonly Failed<Arrival>[]): ExchangeError {
  const summary = `Clearing the mailbox left messages that could not be deleted: ${left.length}.`;
  const advice = left.slice(0, 10).map(({ item: { ref }, error }) => {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return `${JSON.stringify(ref.subject.slice(0, 200))}: ${why}`;
  });
  return new ExchangeError('PROTOCOL', summary, { cause: left[0]?.error, advice });
}
