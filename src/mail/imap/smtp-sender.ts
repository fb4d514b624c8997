import { Readable } from 'node:stream';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { openInPlace } from '../../async/open-in-place.js';
import type { Places } from '../../async/places.js';
import { ExchangeError } from '../../errors.js';
import { sendingFailure } from '../sending-failure.js';
import type { CallOptions, ComposedMessage } from '../transport.js';
import { untilAborted } from '../../async/until-aborted.js';
import { connectSmtp, type SmtpLine, type SmtpOptions } from './connect-smtp.js';
import { partlyRefused, smtpError } from './smtp-errors.js';

export interface SmtpSenderOptions extends SmtpOptions {
  /** Where connections take their turns; they are given back soon. @default all at once, and kept */
  readonly places?: Places | undefined;
}

/** Milliseconds that a connection stays open that others may wait for. */
const keptFor = 1000;

/** Hands mail in, one message after the other over one connection, which is kept (RFC 6409). */
export class SmtpSender {
  /** The server leaves a copy of what it takes in Sent Items. */
  readonly keepsCopy: boolean;
  readonly #options: SmtpSenderOptions;
  readonly #closing = new AbortController();
  #line: SmtpLine | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #parting: NodeJS.Timeout | undefined;

  constructor(options: SmtpSenderOptions) {
    this.#options = options;
    this.keepsCopy = options.smtp.keepsCopy;
  }

  /** @throws SERVER_BUSY, NETWORK ..., transient where it may be tried again; ACCESS_DENIED, AUTH_REFUSED ... */
  async send(message: ComposedMessage, { signal: caller }: CallOptions = {}): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, ...(caller ? [caller] : [])]);
    const sending = this.#handInAfter(this.#last, message, signal);
    this.#last = sending.catch(() => {});
    await untilAborted(sending, signal);
  }

  close(): void {
    this.#closing.abort(new ExchangeError('CLOSED', `the connection of ${this.#options.address} was closed`));
    this.#part();
  }

  /** Who gave up meanwhile sends nothing. */
  async #handInAfter(earlier: Promise<unknown>, message: ComposedMessage, signal: AbortSignal): Promise<void> {
    await earlier;
    signal.throwIfAborted();
    clearTimeout(this.#parting);
    try {
      const line = await this.#ready();
      signal.throwIfAborted();
      await this.#handIn(message, line);
    } finally {
      if (this.#options.places) this.#parting = setTimeout(() => this.#part(), keptFor).unref();
    }
  }

  #part(): void {
    clearTimeout(this.#parting);
    this.#line?.connection.quit();
    this.#line?.connection.close();
    this.#line = undefined;
  }

  async #handIn({ envelope, source }: ComposedMessage, { connection, ask, through }: SmtpLine): Promise<void> {
    const attempt = { ...this.#options, through, operation: 'sending a message' };
    const { from, to } = envelope;
    let hasLeft = false;
    // It is read once the server has agreed to DATA; what ends it, and so is not read before, is the final dot.
    const body = Readable.from([source]).once('end', () => (hasLeft = true));
    try {
      const { rejectedErrors = [] } = await ask<SMTPConnectionSendInfo>((done) =>
        connection.send({ from, to: [...to], size: source.length }, body, done),
      );
      if (rejectedErrors.length > 0) throw partlyRefused(attempt, rejectedErrors);
    } catch (error) {
      throw sendingFailure(smtpError(error, attempt), hasLeft);
    }
  }

  /** The connection that is kept, if it still answers; else a new one. */
  async #ready(): Promise<SmtpLine> {
    const kept = this.#line;
    this.#line = undefined;
    if (kept && (await isAlive(kept))) return (this.#line = kept);
    const { signal } = this.#closing;
    const connect = (): Promise<SmtpLine> => connectSmtp(this.#options, signal);
    return (this.#line = await openInPlace(this.#options.places, signal, connect));
  }
}

async function isAlive({ connection, ask }: SmtpLine): Promise<boolean> {
  try {
    await ask((done) => connection.reset(done));
    return true;
  } catch {
    connection.close();
    return false;
  }
}
