import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate, type Caller } from './authenticate.js';
import { autodiscoverService } from './autodiscover/autodiscover.js';
import type { RequestContext } from './context.js';
import { ewsSign, isEwsPath } from './ews-sign.js';
import { EwsError } from './ews-error.js';
import { workingAccount } from './impersonation.js';
import { operations } from './operations/index.js';
import { invalidOperation, parseSoap, soapEnvelope, soapFault } from './soap.js';
import { readSchemaVersion, refuseLaterOperation } from './schema-version.js';
import { Streams } from './notifications/streams.js';
import { Subscriptions } from './notifications/subscriptions.js';
import { find } from './xml.js';
import type { RequestLog } from '../requests/request-log.js';
import type { HttpDoor, SandboxRooms } from '../server/door.js';
import { ClaimsChallenges } from '../server/claims-challenge.js';
import { Concurrency } from '../server/concurrency.js';
import { holdBack } from '../server/hold-back.js';
import { readBody } from '../server/read-body.js';

export interface EwsDoorOptions {
  /** The password of every user, for Basic authentication. @default 'secret' */
  readonly password?: string;
  /** Milliseconds between the heartbeats of a stream. @default 45000, as Exchange */
  readonly heartbeatInterval?: number;
  /** Milliseconds that a minute of a stream's ConnectionTimeout lasts. @default 60000 */
  readonly minute?: number;
}

/** https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange */
const ewsIsOff = 'EWS is disabled for this user or tenant';

/** Exchange Web Services and Autodiscover. */
export interface EwsDoor extends HttpDoor {
  /** How many streaming connections are open. */
  readonly openStreams: number;
  /** How many subscriptions there are. */
  readonly openSubscriptions: number;
  /** Cuts all open streams. */
  dropStreams(): void;
  /** Forgets all subscriptions and cuts their streams, as a server that restarts. */
  forgetSubscriptions(): void;
}

export interface EwsRooms extends SandboxRooms {
  readonly requests: RequestLog;
}

export function createEwsDoor(rooms: EwsRooms, options: EwsDoorOptions = {}): EwsDoor {
  return new Door(rooms, options);
}

/** In octets; Exchange's own: https://learn.microsoft.com/exchange/architecture/client-access/client-message-size-limits */
const maxRequest = 64 * 1024 * 1024;

class Door implements EwsDoor {
  readonly isOpenToPages = ewsSign.isOpenToPages;
  readonly owns = ewsSign.owns;
  readonly serviceAt = ewsSign.serviceAt;
  readonly #rooms: EwsRooms;
  readonly #password: string;
  readonly #subscriptions: Subscriptions;
  readonly #streams: Streams;
  readonly #concurrency = new Concurrency();
  readonly #closing = new AbortController();
  readonly #challenges: ClaimsChallenges;

  constructor(rooms: EwsRooms, { password = 'secret', heartbeatInterval = 45_000, minute = 60_000 }: EwsDoorOptions) {
    this.#rooms = rooms;
    this.#password = password;
    this.#challenges = new ClaimsChallenges(rooms.faults);
    this.#subscriptions = new Subscriptions({ store: rooms.store, requests: rooms.requests, minute });
    this.#streams = new Streams({ faults: rooms.faults, heartbeatInterval, minute });
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  get openSubscriptions(): number {
    return this.#subscriptions.size;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const octets = await readBody(request, maxRequest);
    if (!octets) return;
    const body = octets.toString();
    if (isEwsPath(url.pathname)) return await this.#serveOneMore(request, response, body);
    if (!(await this.#strike(request))) this.#discover(request, response, { url, body });
  }

  dropStreams(): void {
    this.#streams.drop();
  }

  forgetSubscriptions(): void {
    this.#subscriptions.forget();
    this.#streams.drop();
  }

  close(): void {
    this.#closing.abort();
    this.#subscriptions.close();
    this.#streams.drop();
  }

  /** The faults that strike before a request is even looked at; true where there is nobody left to answer. */
  async #strike({ socket }: IncomingMessage): Promise<boolean> {
    const { faults } = this.#rooms;
    await holdBack(faults.delay, this.#closing.signal);
    if (faults.dropRequests > 0) {
      faults.dropRequests--;
      socket.destroy();
    }
    return socket.destroyed;
  }

  #discover(
    request: IncomingMessage,
    response: ServerResponse,
    { url, body }: { readonly url: URL; readonly body: string },
  ): void {
    const found = autodiscoverService(url.pathname);
    if (!found) return void response.writeHead(404).end();
    if (found.needsSignIn && !this.#letIn(request, response)) return;
    const scheme = 'encrypted' in request.socket ? 'https' : 'http';
    const service = `${scheme}://${request.headers.host ?? url.host}/EWS/Exchange.asmx`;
    const answer = found.answer({ url, body, service });
    response.writeHead(answer.status, { 'Content-Type': `${answer.type}; charset=utf-8` });
    response.end(answer.body);
  }

  /** Who makes the request; nobody where it was answered with a challenge. */
  #letIn(request: IncomingMessage, response: ServerResponse): Caller | undefined {
    const { faults, tokens } = this.#rooms;
    if (faults.unauthorized > 0) {
      faults.unauthorized--;
      challenge(response, '2000001;reason="The token is not valid or has expired."');
      return undefined;
    }
    const caller = authenticate(request, tokens, this.#password);
    const claims = 'refused' in caller ? undefined : this.#challenges.to(request.headers.authorization);
    if ('refused' in caller) challenge(response, caller.refused);
    else if (claims) challenge(response, `2000001;reason="${claims.message}"`, claims.parameters);
    else return caller;
    return undefined;
  }

  /** Serves a request, if whoever makes it may have one more under way. Streams have a limit of their own. */
  async #serveOneMore(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const { faults, tokens } = this.#rooms;
    const refusal = (): EwsError => new EwsError('ErrorExceededConnectionCount', { fault: true });
    const key = JSON.stringify(authenticate(request, tokens, this.#password));
    try {
      await this.#concurrency.run({ key, limit: faults.maxEwsRequests, refusal }, async () => {
        if (!(await this.#strike(request))) await this.#serve(request, response, body);
      });
    } catch (error) {
      if (!(error instanceof EwsError)) throw error;
      send(response, 500, soapFault(error));
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const { faults } = this.#rooms;
    const caller = this.#letIn(request, response);
    if (!caller) return;
    if (faults.ewsDisabled) return void response.writeHead(403, { 'x-ews-policy-reason': ewsIsOff }).end();
    if (request.method !== 'POST') return void response.writeHead(405, { Allow: 'POST' }).end();
    try {
      refuseIfBusy(faults.busy);
      const soap = parseSoap(body);
      const context: RequestContext = {
        store: this.#rooms.store,
        faults,
        account: workingAccount(this.#rooms.store, caller, soap.header),
        subscriptions: this.#subscriptions,
        version: readSchemaVersion(soap.header),
        timeZone: find(soap.header, 'TimeZoneContext', 'TimeZoneDefinition')?.attributes['Id'],
      };
      refuseLaterOperation(soap.body, context.version);
      if (soap.body.name === 'GetStreamingEvents') return this.#streams.open(soap.body, context, response);
      const operation = operations.get(soap.body.name);
      if (!operation) throw invalidOperation(soap.body.name);
      const answer = soapEnvelope(await operation(soap.body, context));
      if (soap.body.name === 'Subscribe') response.setHeader('Set-Cookie', affinityCookie);
      send(response, 200, answer);
    } catch (error) {
      send(response, 500, soapFault(asEwsError(error)));
    }
  }
}

const affinityCookie = 'X-BackEndOverrideCookie=sandbox.invalid~1; path=/; HttpOnly';

/** @throws Error where the client goes away before it has sent all */
function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'Content-Type': 'text/xml; charset=utf-8' });
  response.end(xml);
}

function challenge(response: ServerResponse, diagnostics: string, claims?: string): void {
  const always = 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", token_types="app_asserted_user_v1"';
  const bearer = [always, claims].filter(Boolean).join(', ');
  response.writeHead(401, { 'WWW-Authenticate': [bearer, 'Basic realm=""'], 'x-ms-diagnostics': diagnostics });
  response.end();
}

function refuseIfBusy(busy: { times: number; backOffMilliseconds: number }): void {
  if (busy.times <= 0) return;
  busy.times--;
  const values = { BackOffMilliseconds: busy.backOffMilliseconds };
  throw new EwsError('ErrorServerBusy', { fault: true, values });
}

function asEwsError(error: unknown): EwsError {
  if (error instanceof EwsError) return error;
  return new EwsError('ErrorInternalServerError', { message: `An internal server error occurred. ${String(error)}` });
}
