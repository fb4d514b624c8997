import type { IXHRApi, IXHROptions } from 'ews-javascript-api';
import { ExchangeError } from '../../errors.js';
import type { HttpStream } from '../../network/http.js';
import { EnvelopeSplitter } from './envelope-splitter.js';
import { ewsError } from './ews-errors.js';
import type { EwsCall, EwsHttp } from './ews-http.js';
import { faultOf, responseErrors } from './response-codes.js';
import { parseXml, type XmlElement } from './xml-tree.js';

export interface XhrCall extends EwsCall {
  /** Response codes that are part of the result, not a failure of the call. */
  readonly tolerated?: readonly string[];
  /** So is whatever its response messages report, each for itself. */
  readonly isEach?: boolean;
  /** How long a stream may be silent, in milliseconds. */
  readonly silence?: number;
}

/** What a stream tells. */
export interface StreamListener {
  /** The server took the request: from now on events come. */
  established(): void;
  /** One envelope without an error. Returns true at the planned end. */
  envelope(soap: XmlElement): boolean;
}

/**
 * The library's way to the network, for one call.
 *
 * It only ever hands the library good news: given a failure, the library makes something of it that is
 * no Error, lacks the cause, or never settles. Failures come out of {@link failure} instead.
 */
export class EwsXhr implements IXHRApi {
  readonly apiName = 'playwright-exchange';
  /** Rejects with what went wrong; never resolves. */
  readonly failure: Promise<never>;
  readonly #http: EwsHttp;
  readonly #call: XhrCall;
  #fail: (error: unknown) => void = () => {};
  #listen: { readonly listener: StreamListener; readonly resolve: () => void } | undefined;
  #take: ((answer: XmlElement) => void) | undefined;

  constructor(http: EwsHttp, call: XhrCall) {
    this.#http = http;
    this.#call = call;
    this.failure = new Promise((_, reject) => (this.#fail = reject));
    this.failure.catch(() => {});
  }

  /** The answer as it came, past the library. */
  takeAnswer(): Promise<XmlElement> {
    return new Promise((resolve) => (this.#take = resolve));
  }

  async xhr(options: IXHROptions): Promise<XMLHttpRequest> {
    try {
      const soap = takeBody(options);
      const responseText = await this.#http.post(soap, this.#call);
      const envelope = this.#read(responseText);
      if (!this.#take) return answer(responseText);
      this.#take(envelope);
      return await new Promise(() => {});
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** Resolves at the planned end of a stream, of which the library is told nothing. */
  listen(listener: StreamListener): Promise<void> {
    return new Promise((resolve) => (this.#listen = { listener, resolve }));
  }

  async xhrStream(options: IXHROptions): Promise<XMLHttpRequest> {
    try {
      await this.#follow(await this.#http.stream(takeBody(options), this.#call));
      this.#listen?.resolve();
      return await new Promise(() => {});
    } catch (error) {
      return this.#failed(error);
    }
  }

  disconnect(): void {}

  async #follow(stream: HttpStream): Promise<void> {
    const splitter = new EnvelopeSplitter();
    using watchdog = new Watchdog(this.#call.silence, () => this.#silent(stream));
    this.#listen?.listener.established();
    for await (const chunk of stream.body) {
      for (const envelope of splitter.push(chunk)) {
        watchdog.touch();
        if (this.#listen?.listener.envelope(this.#read(envelope))) return;
      }
    }
    throw this.#broken('the server ended the stream');
  }

  #silent(stream: HttpStream): void {
    this.#fail(this.#broken(`no heartbeat for ${(this.#call.silence ?? 0) / 1000} s`));
    stream.close();
  }

  #broken(why: string): ExchangeError {
    const { operation, mailbox } = this.#call;
    return new ExchangeError('NETWORK', `${operation} in the mailbox ${mailbox} failed: ${why}`, { transient: true });
  }

  /** @throws what the answer reports, or PROTOCOL where it is none */
  #read(soap: string): XmlElement {
    if (!soapEnvelope.test(soap)) throw this.#unlike();
    const envelope = this.#parse(soap);
    const { tolerated, isEach } = this.#call;
    const error = isEach ? faultOf(envelope) : responseErrors(envelope).find(({ code }) => !tolerated?.includes(code));
    if (error) throw ewsError(this.#call, error);
    return envelope;
  }

  #parse(soap: string): XmlElement {
    try {
      return parseXml(soap);
    } catch (cause) {
      const { operation, mailbox } = this.#call;
      const summary = `${operation} in the mailbox ${mailbox} failed: ${(cause as Error).message}`;
      throw new ExchangeError('PROTOCOL', summary, { cause });
    }
  }

  #unlike(): ExchangeError {
    const { operation, mailbox } = this.#call;
    return new ExchangeError(
      'PROTOCOL',
      `${operation} in the mailbox ${mailbox} failed: the answer is no SOAP document`,
      {
        advice: ['see whether host names an Exchange server, and whether a proxy answers in its place'],
      },
    );
  }

  #failed(error: unknown): Promise<never> {
    this.#fail(error);
    return new Promise(() => {});
  }
}

const soapEnvelope = /<(?:[\w.-]+:)?Envelope[\s>]/;

/** The library would parse its own request again, for a log that nobody reads; there is little left to parse. */
function takeBody(options: IXHROptions): string {
  const soap = String(options.data);
  options.data = '<taken/>';
  return soap;
}

function answer(responseText: string): XMLHttpRequest {
  const parts = { status: 200, responseText, getResponseHeader: () => '', getAllResponseHeaders: () => '' };
  return parts as unknown as XMLHttpRequest;
}

/** Barks when it was not touched for so long. */
class Watchdog implements Disposable {
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number | undefined, bark: () => void) {
    if (milliseconds !== undefined) this.#timer = setTimeout(bark, milliseconds);
  }

  touch(): void {
    this.#timer?.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
