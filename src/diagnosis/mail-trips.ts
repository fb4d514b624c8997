import { randomBytes } from 'node:crypto';
import { ExchangeError, isExchangeError } from '../errors.js';
import { composeMessage } from '../mail/message/compose.js';
import { messagesAfter } from '../mail/portions.js';
import type {
  CallOptions,
  ComposedMessage,
  Folder,
  MailTransport,
  MessageRef,
  Position,
  WellKnownFolder,
} from '../mail/transport.js';
import { sleep } from '../async/sleep.js';
import type { Push } from './push.js';

export interface MailTripsOptions {
  readonly transport: MailTransport;
  readonly inbox: Folder;
  /** Nothing where the server has none. */
  readonly push: Push | undefined;
  /** Milliseconds that a mail has to come back. */
  readonly timeout: number;
}

/** A mail that came back. */
export interface Trip {
  readonly ref: MessageRef;
  /** Milliseconds from handing it in until it was seen. */
  readonly latency: number;
  /** Push told of it before it was looked for. */
  readonly told: boolean;
}

/** Where a mail, its copy and a bounce may be. */
const places: readonly WellKnownFolder[] = ['inbox', 'sentitems', 'junkemail'];

/** Milliseconds without a hint after which it is looked for: looking may make a server tell what it kept to itself. */
const longestPatience = 15_000;

/** The mails that an account sends to itself, from handing them in to deleting what is left of them. */
export class MailTrips {
  readonly #options: MailTripsOptions;
  readonly #marker = `playwright-exchange doctor ${randomBytes(6).toString('hex')}`;
  #starts: readonly { readonly folder: Folder; readonly position: Position }[] = [];

  constructor(options: MailTripsOptions) {
    this.#options = options;
  }

  /** Notes where the folders stand before anything is sent. */
  async begin(options: CallOptions): Promise<void> {
    const { transport } = this.#options;
    const starts = await Promise.all(
      places.map(async (place) => {
        const folder = await transport.folder(place, options).catch(passOverMissing);
        return folder && { folder, position: await transport.position(folder, options) };
      }),
    );
    this.#starts = starts.filter((start) => start !== undefined);
  }

  /** Sends a mail to an address of the account, and waits for it. @throws MESSAGE_TIMEOUT where it does not come */
  async make(to: string, { signal }: { readonly signal: AbortSignal }): Promise<Trip> {
    const { transport, inbox, push, timeout } = this.#options;
    const position = await transport.position(inbox, { signal });
    const hints = push?.hints ?? 0;
    const started = performance.now();
    await transport.send(await this.#compose(to), { signal });
    const timeUp = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    try {
      const { ref, told } = await this.#arrival(position, hints, timeUp);
      return { ref, told, latency: Math.round(performance.now() - started) };
    } catch (error) {
      if (!timeUp.aborted || signal.aborted) throw error;
      throw notBack(to, timeout, await this.#traces({ signal }));
    }
  }

  /** Deletes what the mails left behind, bounces too. Returns how many messages that were. */
  async cleanUp(options: CallOptions): Promise<number> {
    const found = await this.#traces(options);
    await this.#options.transport.delete(
      found.map(({ ref }) => ref),
      options,
    );
    return found.length;
  }

  /** Only a mail with the subject itself is the one; a bounce has it in its own. */
  async #arrival(
    start: Position,
    hints: number,
    signal: AbortSignal,
  ): Promise<{ readonly ref: MessageRef; readonly told: boolean }> {
    const { transport, inbox, push, timeout } = this.#options;
    const intervals = [transport.pollIntervals.withoutPush].flat();
    const pauses = push ? [Math.min(longestPatience, timeout / 2), ...intervals] : intervals;
    for (let look = 0, told = false, seen = hints; ; look++) {
      const pause = pauses[Math.min(look, pauses.length - 1)]!;
      told = (await hintWithin(pause, { push, seen, signal })) || told;
      seen = push?.hints ?? 0;
      const messages = await messagesAfter(transport, inbox, start, { signal });
      const ref = messages.find(({ subject }) => subject === this.#marker);
      if (ref) return { ref, told };
    }
  }

  /** What there is of the mails since the beginning, in whatever folder. */
  async #traces(options: CallOptions): Promise<readonly Trace[]> {
    const found = await Promise.all(
      this.#starts.map(async ({ folder, position }) => {
        const messages = await messagesAfter(this.#options.transport, folder, position, options);
        return messages.filter(({ subject }) => subject.includes(this.#marker)).map((ref) => ({ folder, ref }));
      }),
    );
    return found.flat();
  }

  async #compose(to: string): Promise<ComposedMessage> {
    const { transport } = this.#options;
    const text = 'Sent by "playwright-exchange doctor" to see whether it comes back. It is deleted again.';
    return await composeMessage({ from: transport.address, to, subject: this.#marker, text }, transport);
  }
}

interface Trace {
  readonly folder: Folder;
  readonly ref: MessageRef;
}

interface Hope {
  readonly push: Push | undefined;
  /** How many hints there were already. */
  readonly seen: number;
  readonly signal: AbortSignal;
}

/** Whether push tells of something within so many milliseconds. */
async function hintWithin(milliseconds: number, { push, seen, signal }: Hope): Promise<boolean> {
  if (!push || push.trouble) {
    await sleep(milliseconds, signal);
    return false;
  }
  const told = await push.hintAfter(seen, AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]));
  signal.throwIfAborted();
  return told;
}

function passOverMissing(error: unknown): undefined {
  if (!isExchangeError(error) || error.code !== 'FOLDER_NOT_FOUND') throw error;
}

function notBack(to: string, timeout: number, traces: readonly Trace[]): ExchangeError {
  const elsewhere = traces.map(({ folder, ref }) => `${JSON.stringify(ref.subject)} is in the folder ${folder.name}`);
  return new ExchangeError('MESSAGE_TIMEOUT', `The mail to ${to} did not come back within ${timeout / 1000} s.`, {
    advice: [
      ...elsewhere,
      'see whether the account may send to itself, and whether a rule, a filter or a quarantine takes its mail',
    ],
  });
}
