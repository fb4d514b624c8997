import { ExchangeError } from '../../errors.js';
import { EnvelopeSplitter } from './envelope-splitter.js';
import { ewsError } from './ews-errors.js';
import type { EwsCall, EwsHttp } from './ews-http.js';
import { faultOf, responseErrors } from './response-codes.js';
import { find, parseXml, type XmlElement } from './xml-tree.js';

export interface SoapOperation extends EwsCall {
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

export interface SoapAnswer {
  readonly text: string;
  readonly envelope: XmlElement;
}

/** One request, and what its answer says. */
export class SoapCall {
  /** The major version of the server that answered: 15 since Exchange 2013. */
  serverMajor: number | undefined;
  readonly #http: EwsHttp;
  readonly #operation: SoapOperation;

  constructor(http: EwsHttp, operation: SoapOperation) {
    this.#http = http;
    this.#operation = operation;
  }

  /** @throws what went wrong on the way, what the answer reports, or PROTOCOL where it is none */
  async post(soap: string): Promise<SoapAnswer> {
    const text = await this.#http.post(soap, this.#operation);
    return { text, envelope: this.#read(text) };
  }

  /** Sends a request whose answer is a stream; resolves at its planned end. */
  async follow(soap: string, listener: StreamListener): Promise<void> {
    const { silence } = this.#operation;
    const stream = await this.#http.stream(soap, this.#operation);
    let isSilent = false;
    using watchdog = new Watchdog(silence, () => {
      isSilent = true;
      stream.close();
    });
    const splitter = new EnvelopeSplitter();
    listener.established();
    for await (const chunk of stream.body) {
      for (const envelope of splitter.push(chunk)) {
        watchdog.touch();
        if (listener.envelope(this.#read(envelope))) return;
      }
    }
    throw this.#broken(isSilent ? `no heartbeat for ${(silence ?? 0) / 1000} s` : 'the server ended the stream');
  }

  #read(soap: string): XmlElement {
    if (!soapEnvelope.test(soap)) throw this.#unlike();
    const envelope = this.#parse(soap);
    const version = find(envelope, 'Header', 'ServerVersionInfo')?.attributes.MajorVersion;
    if (version !== undefined) this.serverMajor = Number(version);
    const { tolerated, isEach } = this.#operation;
    const error = isEach ? faultOf(envelope) : responseErrors(envelope).find(({ code }) => !tolerated?.includes(code));
    if (error) throw ewsError(this.#operation, error);
    return envelope;
  }

  #parse(soap: string): XmlElement {
    try {
      return parseXml(soap);
    } catch (cause) {
      const summary = `${this.#what}: ${(cause as Error).message}`;
      throw new ExchangeError('PROTOCOL', summary, { cause });
    }
  }

  #broken(why: string): ExchangeError {
    return new ExchangeError('NETWORK', `${this.#what}: ${why}`, { transient: true });
  }

  #unlike(): ExchangeError {
    return new ExchangeError('PROTOCOL', `${this.#what}: the answer is no SOAP document`, {
      advice: ['see whether host names an Exchange server, and whether a proxy answers in its place'],
    });
  }

  get #what(): string {
    const { operation, mailbox } = this.#operation;
    return `${operation} in the mailbox ${mailbox} failed`;
  }
}

const soapEnvelope = /<(?:[\w.-]+:)?Envelope[\s>]/;

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
