import type * as Ews from 'ews-javascript-api';
import { EitherSignal } from '../../async/either-signal.js';
import { ExchangeError } from '../../errors.js';
import { hasResponseCode } from './ews-errors.js';
import { EwsHttp, type EwsHttpOptions } from './ews-http.js';
import { EwsXhr } from './ews-xhr.js';
import { escapeXml } from './escape-xml.js';
import type { Places } from '../../async/places.js';
import { envelope as soapEnvelope } from './requests.js';
import { SoapCall, type SoapOperation, type StreamListener } from './soap-call.js';
import type { XmlElement } from './xml-tree.js';

export type Library = (typeof import('../../vendor/ews-javascript-api.js'))['ews'];

export interface EwsSessionOptions extends EwsHttpOptions {
  /** Act as the mailbox: what an app without a user has to do. */
  readonly impersonate: boolean;
  /** Where requests take their turns; streams have a limit of their own. @default all at once */
  readonly places?: Places | undefined;
}

/** What to do, in user words (`reading the folder Inbox`), and how. */
export type Operation = Omit<SoapOperation, 'mailbox' | 'signal'> & { readonly signal?: AbortSignal | undefined };

type Version = 'Exchange2007_SP1' | 'Exchange2010_SP1' | 'Exchange2013';

/** What the library reads itself is short, and it takes much memory. In octets. */
const longestForLibrary = 1024 * 1024;

/**
 * Runs operations. What every test does is a text of ours, and quick: finding, reading, watching, sending, cleaning up.
 * The rest is the library's, which is loaded for the first of it. Each has a service and an XHR of its own, so that failures do not mix.
 */
export class EwsSession {
  readonly address: string;
  readonly impersonate: boolean;
  readonly #url: string;
  readonly #http: EwsHttp;
  readonly #places: Places | undefined;
  readonly #closing = new AbortController();
  #version: Version = 'Exchange2010_SP1';
  #serverMajor = 0;

  constructor(options: EwsSessionOptions) {
    this.address = options.address;
    this.impersonate = options.impersonate;
    this.#url = options.url;
    this.#http = new EwsHttp(options);
    this.#places = options.places;
  }

  /** Whose folders are meant, where that has to be said: for a delegate. */
  get owner(): string | undefined {
    return this.impersonate ? undefined : this.address;
  }

  /** Exchange 2013 and later, as far as the answers so far have told. */
  get isModern(): boolean {
    return this.#serverMajor >= 15;
  }

  /** Exchange 2010 SP1 and later, as far as the answers so far have told. */
  get hasStreaming(): boolean {
    return this.#version !== 'Exchange2007_SP1';
  }

  /** The library, for what few tests do. */
  async library(): Promise<Library> {
    const { ews } = await import('../../vendor/ews-javascript-api.js');
    return ews;
  }

  /** Runs an operation of the library, and rejects with what really went wrong. */
  call<T>(operation: Operation, run: (service: Ews.ExchangeService) => Promise<T>): Promise<T> {
    return this.#downgrading((version) => this.#run(operation, version, run));
  }

  /** Sends a request, and reads its answer. */
  ask<T>(operation: Operation, request: string, read: (envelope: XmlElement) => T): Promise<T> {
    return this.#downgrading((version) => this.#ask(operation, this.#envelope(request, version), read));
  }

  /** Sends a request as Exchange 2013: what only that version can say. */
  askModern(operation: Operation, request: string): Promise<void> {
    return this.#ask(operation, this.#envelope(request, 'Exchange2013'), () => {});
  }

  /** Sends a request whose answer is a stream; resolves at its planned end. */
  listen(operation: Operation, listener: StreamListener, request: string): Promise<void> {
    return this.#attempt(operation, (call) => call.follow(this.#envelope(request, this.#version), listener));
  }

  close(): void {
    this.#closing.abort(new ExchangeError('CLOSED', `the connection to the mailbox ${this.address} was closed`));
  }

  #envelope(request: string, version: Version): string {
    return soapEnvelope(request, { version, impersonated: this.impersonate ? this.address : undefined });
  }

  /** Exchange 2007, and 2010 before its SP1, refuse the version in the request's header. */
  async #downgrading<T>(attempt: (version: Version) => Promise<T>): Promise<T> {
    try {
      return await attempt(this.#version);
    } catch (error) {
      if (!hasResponseCode(error, ['ErrorInvalidServerVersion']) || !this.hasStreaming) throw error;
      return await attempt((this.#version = 'Exchange2007_SP1'));
    }
  }

  #ask<T>(operation: Operation, soap: string, read: (envelope: XmlElement) => T): Promise<T> {
    return this.#inTurn(operation, async (call) => {
      const { envelope } = await call.post(soap);
      return await this.#read(operation, async () => read(envelope));
    });
  }

  async #run<T>(operation: Operation, version: Version, run: (service: Ews.ExchangeService) => Promise<T>): Promise<T> {
    const library = await this.library();
    return await this.#inTurn({ ...operation, maxBody: longestForLibrary }, async (call) => {
      const xhr = new EwsXhr(call);
      const service = this.#service(library, xhr, version);
      return await Promise.race([this.#read(operation, () => run(service)), xhr.failure]);
    });
  }

  async #inTurn<T>(operation: Operation, run: (call: SoapCall) => Promise<T>): Promise<T> {
    const attempt = (): Promise<T> => this.#attempt(operation, run);
    if (!this.#places) return await attempt();
    using either = new EitherSignal(this.#closing.signal, operation.signal);
    return await this.#places.run(1, either.signal, attempt);
  }

  async #attempt<T>(operation: Operation, run: (call: SoapCall) => Promise<T>): Promise<T> {
    using either = new EitherSignal(this.#closing.signal, operation.signal);
    const { signal } = either;
    signal.throwIfAborted();
    const call = new SoapCall(this.#http, { ...operation, mailbox: this.address, signal });
    try {
      return await run(call);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.#serverMajor = call.serverMajor ?? this.#serverMajor;
    }
  }

  #service(library: Library, xhr: EwsXhr, version: Version): Ews.ExchangeService {
    const { ExchangeService, ExchangeVersion, Uri, OAuthCredentials, TimeZoneInfo } = library;
    const service = new ExchangeService(ExchangeVersion[version], TimeZoneInfo.Utc);
    service.Url = new Uri(this.#url);
    // The library insists on credentials; the HTTP below sets the real ones on each request.
    service.Credentials = new OAuthCredentials('-', true);
    service.AcceptGzipEncoding = false;
    service.SendClientLatencies = false;
    service.XHRApi = xhr;
    if (this.impersonate) {
      const { ImpersonatedUserId, ConnectingIdType } = library;
      service.ImpersonatedUserId = new ImpersonatedUserId(ConnectingIdType.SmtpAddress, escapeXml(this.address));
    }
    return service;
  }

  /** What the reading of an answer throws is its failure to read it; the library's is often no Error. */
  async #read<T>({ operation }: Operation, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      const said = (error as { message?: unknown } | undefined)?.message ?? error;
      const summary = `${operation} in the mailbox ${this.address} failed: the answer could not be read: ${String(said)}`;
      throw new ExchangeError('PROTOCOL', summary, error instanceof Error ? { cause: error } : {});
    }
  }
}
