import type * as Ews from 'ews-javascript-api';
import { EitherSignal } from '../../async/either-signal.js';
import { ExchangeError } from '../../errors.js';
import { hasResponseCode } from './ews-errors.js';
import { EwsHttp, type EwsHttpOptions } from './ews-http.js';
import { EwsXhr, type StreamListener, type XhrCall } from './ews-xhr.js';
import { escapeXml } from './escape-xml.js';
import type { Places } from '../../async/places.js';
import type { XmlElement } from './xml-tree.js';

export type Library = (typeof import('../../vendor/ews-javascript-api.js'))['ews'];

export interface EwsSessionOptions extends EwsHttpOptions {
  /** Act as the mailbox: what an app without a user has to do. */
  readonly impersonate: boolean;
  /** Where requests take their turns; streams have a limit of their own. @default all at once */
  readonly places?: Places | undefined;
}

/** What to do, in user words (`reading the folder Inbox`), and how. */
export type Operation = Omit<XhrCall, 'mailbox' | 'signal'> & { readonly signal?: AbortSignal | undefined };

/** What the library reads itself is short, and it takes much memory. In octets. */
const longestForLibrary = 1024 * 1024;

/** Runs the library's operations, each on a service and an XHR of its own, so that failures do not mix. */
export class EwsSession {
  readonly library: Library;
  readonly address: string;
  readonly impersonate: boolean;
  readonly #url: string;
  readonly #http: EwsHttp;
  readonly #places: Places | undefined;
  readonly #closing = new AbortController();
  #version: Ews.ExchangeVersion;
  #serverMajor = 0;

  constructor(library: Library, options: EwsSessionOptions) {
    this.library = library;
    this.address = options.address;
    this.impersonate = options.impersonate;
    this.#url = options.url;
    this.#http = new EwsHttp(options);
    this.#places = options.places;
    this.#version = library.ExchangeVersion.Exchange2010_SP1;
  }

  /** Exchange 2013 and later, as far as the answers so far have told. */
  get isModern(): boolean {
    return this.#serverMajor >= 15;
  }

  /** Exchange 2010 SP1 and later, as far as the answers so far have told. */
  get hasStreaming(): boolean {
    return this.#version >= this.library.ExchangeVersion.Exchange2010_SP1;
  }

  /** Runs an operation of the library, and rejects with what really went wrong. */
  async call<T>(operation: Operation, run: (service: Ews.ExchangeService) => Promise<T>): Promise<T> {
    return this.#downgrading((version) => this.#run(operation, version, run));
  }

  /**
   * Like {@link call}, but reads the answer itself. The library's reader trims texts, sorts items by
   * their kind, loses a `MimeContent` without its optional attribute, and takes five times as long.
   */
  ask<T>(
    operation: Operation,
    read: (envelope: XmlElement) => T,
    send: (service: Ews.ExchangeService) => Promise<unknown>,
  ): Promise<T> {
    return this.#downgrading((version) =>
      this.#inTurn(operation, version, (service, xhr) =>
        this.#read(operation, async () => {
          const answer = xhr.takeAnswer();
          return read(await Promise.race([answer, send(service).then(() => answer)]));
        }),
      ),
    );
  }

  /** Sends a request whose answer is a stream; resolves at its planned end. */
  listen(
    operation: Operation,
    listener: StreamListener,
    send: (service: Ews.ExchangeService) => Promise<unknown>,
  ): Promise<void> {
    return this.#attempt(operation, this.#version, (service, xhr) => {
      const ended = xhr.listen(listener);
      return Promise.race([ended, this.#read(operation, () => send(service)).then(() => ended)]);
    });
  }

  /** Like {@link call}, as Exchange 2013: what only that version can say. */
  callModern<T>(operation: Operation, run: (service: Ews.ExchangeService) => Promise<T>): Promise<T> {
    const { Exchange2013 } = this.library.ExchangeVersion;
    return this.#run(operation, Exchange2013, run);
  }

  close(): void {
    this.#closing.abort(new ExchangeError('CLOSED', `the connection to the mailbox ${this.address} was closed`));
  }

  /** Exchange 2007, and 2010 before its SP1, refuse the version in the request's header. */
  async #downgrading<T>(attempt: (version: Ews.ExchangeVersion) => Promise<T>): Promise<T> {
    try {
      return await attempt(this.#version);
    } catch (error) {
      const { Exchange2007_SP1 } = this.library.ExchangeVersion;
      if (!hasResponseCode(error, ['ErrorInvalidServerVersion']) || this.#version === Exchange2007_SP1) throw error;
      return await attempt((this.#version = Exchange2007_SP1));
    }
  }

  #run<T>(
    operation: Operation,
    version: Ews.ExchangeVersion,
    run: (service: Ews.ExchangeService) => Promise<T>,
  ): Promise<T> {
    const bounded = { ...operation, maxBody: longestForLibrary };
    return this.#inTurn(bounded, version, (service) => this.#read(operation, () => run(service)));
  }

  async #inTurn<T>(
    operation: Operation,
    version: Ews.ExchangeVersion,
    run: (service: Ews.ExchangeService, xhr: EwsXhr) => Promise<T>,
  ): Promise<T> {
    const attempt = (): Promise<T> => this.#attempt(operation, version, run);
    if (!this.#places) return await attempt();
    using either = new EitherSignal(this.#closing.signal, operation.signal);
    return await this.#places.run(1, either.signal, attempt);
  }

  async #attempt<T>(
    operation: Operation,
    version: Ews.ExchangeVersion,
    run: (service: Ews.ExchangeService, xhr: EwsXhr) => Promise<T>,
  ): Promise<T> {
    using either = new EitherSignal(this.#closing.signal, operation.signal);
    const { signal } = either;
    signal.throwIfAborted();
    const xhr = new EwsXhr(this.#http, { ...operation, mailbox: this.address, signal });
    const service = this.#service(xhr, version);
    try {
      return await Promise.race([run(service, xhr), xhr.failure]);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.#serverMajor = service.ServerInfo?.MajorVersion ?? this.#serverMajor;
    }
  }

  #service(xhr: EwsXhr, version: Ews.ExchangeVersion): Ews.ExchangeService {
    const { ExchangeService, Uri, OAuthCredentials, TimeZoneInfo, ImpersonatedUserId, ConnectingIdType } = this.library;
    const service = new ExchangeService(version, TimeZoneInfo.Utc);
    service.Url = new Uri(this.#url);
    // The library insists on credentials; the XHR sets the real ones on each request.
    service.Credentials = new OAuthCredentials('-', true);
    service.AcceptGzipEncoding = false;
    service.SendClientLatencies = false;
    service.XHRApi = xhr;
    if (this.impersonate) {
      service.ImpersonatedUserId = new ImpersonatedUserId(ConnectingIdType.SmtpAddress, escapeXml(this.address));
    }
    return service;
  }

  /** What the library itself throws is its failure to read an answer, and often no Error. */
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
