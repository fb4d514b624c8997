import { Readable } from 'node:stream';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { ExchangeError } from '../../errors.js';
import { sendingFailure } from '../sending-failure.js';
import type { CallOptions, ComposedMessage } from '../transport.js';
import { untilAborted } from '../../async/until-aborted.js';
import { connectSmtp, type SmtpLine, type SmtpOptions } from './connect-smtp.js';
import { partlyRefused, smtpError } from './smtp-errors.js';

/** Hands mail in, one message after the other over one connection, which is kept (RFC 6409). */
export class SmtpSender {
  /** The server leaves a copy of what it takes in Sent Items. */
  readonly keepsCopy: boolean;
  readonly #options: SmtpOptions;
  readonly #closing = new AbortController();
  #line: SmtpLine | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SmtpOptions) {
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
    this.#line?.connection.quit();
    this.#line?.connection.close();
  }

  /** Who gave up meanwhile sends nothing. */
  async #handInAfter(earlier: Promise<unknown>, message: ComposedMessage, signal: AbortSignal): Promise<void> {
    await earlier;
    signal.throwIfAborted();
    const line = await this.#ready();
    signal.throwIfAborted();
    await this.#handIn(message, line);
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
    return (this.#line = await connectSmtp(this.#options, this.#closing.signal));
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
