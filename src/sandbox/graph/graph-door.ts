import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestLog } from '../requests/request-log.js';
import { notKept, type RecordsOf } from '../data/kept-map.js';
import type { HttpDoor, SandboxRooms } from '../server/door.js';
import type { Faults } from '../faults.js';
import type { AccessGrant, Tokens } from '../identity/tokens/tokens.js';
import { ClaimsChallenges } from '../server/claims-challenge.js';
import { shareWithPages } from '../server/cors.js';
import { Concurrency } from '../server/concurrency.js';
import { holdBack } from '../server/hold-back.js';
import { HttpRefusal } from '../server/http-refusal.js';
import { Rate } from '../server/rate.js';
import { readBody } from '../server/read-body.js';
import { authenticate, invalidToken } from './authorize.js';
import { answerBatch } from './batch.js';
import { DeltaTokens } from './delta/delta-tokens.js';
import { FolderRounds } from './delta/folder-rounds.js';
import { dispatch, mailboxOf, type Rooms } from './dispatcher.js';
import type { GraphAnswer } from './graph-answer.js';
import { errorAnswer, GraphError } from './graph-error.js';
import { readGraphRequest, type GraphRequest } from './graph-request.js';
import { graphSign, uploadTokenOf } from './graph-sign.js';
import { Subscriptions } from './notifications/subscriptions.js';
import { cutAnswer, sendAnswer } from './send-answer.js';
import { serveUpload } from './uploads/upload.js';
import { UploadSessions } from './uploads/upload-sessions.js';

/** In octets. */
const maxRequest = 4 * 1024 * 1024;

/** What the scripts of pages may read of an answer's header. */
const exposedHeaders = ['ETag', 'Location', 'Preference-Applied', 'request-id', 'client-request-id', 'Retry-After'];

/** Microsoft Graph, as far as it is about mail. */
export function createGraphDoor(rooms: GraphRooms, options: GraphDoorOptions = {}): GraphDoor {
  return new GraphDoor(rooms, options);
}

export interface GraphRooms extends SandboxRooms {
  readonly requests: RequestLog;
  /** What outlives the process. @default nothing */
  readonly records?: RecordsOf;
}

export interface GraphDoorOptions {
  /** Milliseconds between the tries to notify an endpoint. @default 1 s, 2 s, 4 s ... to a minute */
  readonly intervals?: readonly number[];
}

/** What comes to an upload's address. */
interface Piece {
  readonly url: URL;
  readonly body: Buffer;
}

export class GraphDoor implements HttpDoor {
  readonly isOpenToPages = graphSign.isOpenToPages;
  readonly owns = graphSign.owns;
  readonly serviceAt = graphSign.serviceAt;
  readonly #tokens: Tokens;
  readonly #rooms: Rooms;
  readonly #concurrency = new Concurrency();
  readonly #rate = new Rate(10 * 60_000);
  readonly #closing = new AbortController();
  readonly #challenges: ClaimsChallenges;

  constructor({ store, faults, tokens, requests, records = notKept }: GraphRooms, { intervals }: GraphDoorOptions) {
    this.#tokens = tokens;
    this.#challenges = new ClaimsChallenges(faults);
    this.#rooms = {
      store,
      faults,
      deltaTokens: new DeltaTokens(store.id),
      folderRounds: new FolderRounds(records),
      uploads: new UploadSessions(),
      subscriptions: new Subscriptions({ store, faults, requests, records, intervals, signal: this.#closing.signal }),
    };
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (shareWithPages(request, response, exposedHeaders)) return;
    const body = await readBody(request, maxRequest).catch((refusal: HttpRefusal) => refusal);
    if (!body) return;
    const isRefused = body instanceof HttpRefusal;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const base = `${url.protocol}//${request.headers.host ?? url.host}`;
    const read = readGraphRequest({
      method: request.method ?? '',
      url: new URL(url.pathname + url.search, base),
      headers,
      body: isRefused ? Buffer.alloc(0) : body,
    });
    const served = isRefused ? Promise.reject(tooLarge()) : this.#serve(read, request, { url, body });
    const answer = await served.catch((error: unknown) => errorAnswer(error, read));
    if (read.segments.at(-1)?.toLowerCase() === 'delta' && (await this.#strikeDelta()))
      cutAnswer(response, read, answer);
    else if (!request.socket.destroyed) sendAnswer(response, read, answer);
  }

  /** Has the subscriptions of an earlier start go on. */
  resume(): Promise<void> {
    return this.#rooms.subscriptions.resume();
  }

  /** Removes every subscription, and lets their apps know. */
  forgetSubscriptions(): void {
    this.#rooms.subscriptions.forget();
  }

  close(): void {
    this.#closing.abort();
  }

  async #serve(request: GraphRequest, incoming: IncomingMessage, upload: Piece): Promise<GraphAnswer> {
    const { socket } = incoming;
    if (uploadTokenOf(upload.url.pathname) !== undefined) {
      await this.#strike(socket);
      return serveUpload(this.#rooms.uploads, incoming, upload);
    }
    const grant = this.#identify(request);
    const isBatch = request.segments.join('/').toLowerCase() === '$batch';
    if (isBatch) {
      await this.#strike(socket);
      return answerBatch(request, (step) => this.#limited(step, grant, () => this.#answer(step, grant)));
    }
    return this.#limited(request, grant, async () => {
      await this.#strike(socket);
      return this.#answer(request, grant);
    });
  }

  /** Answers a request, if its app may have one more under way at its mailbox. Never rejects. */
  async #limited(request: GraphRequest, grant: AccessGrant, answer: () => Promise<GraphAnswer>): Promise<GraphAnswer> {
    try {
      const key = JSON.stringify([grant.clientId, mailboxOf(request, grant, this.#rooms)]);
      const { maxGraphRequests: limit, graphRequestsPerTenMinutes } = this.#rooms.faults;
      const pause = this.#rate.admit(key, graphRequestsPerTenMinutes);
      if (pause > 0) throw throttled('TooManyRequests', pause);
      const refusal = (): GraphError => throttled('ApplicationThrottled', 1000);
      return await this.#concurrency.run({ key, limit, refusal }, answer);
    } catch (error) {
      return errorAnswer(error, request);
    }
  }

  /** @throws GraphError InvalidAuthenticationToken */
  #identify(request: GraphRequest): AccessGrant {
    const { faults } = this.#rooms;
    if (faults.unauthorized > 0) {
      faults.unauthorized--;
      throw invalidToken('Lifetime validation failed, the token is expired.');
    }
    const grant = authenticate(request, this.#tokens);
    const challenge = this.#challenges.to(request.headers['authorization']);
    if (challenge) throw invalidToken(challenge.message, challenge.parameters);
    return grant;
  }

  /** The faults that strike before a request is looked at. */
  async #strike(socket: IncomingMessage['socket']): Promise<void> {
    const { faults } = this.#rooms;
    await holdBack(faults.delay, this.#closing.signal);
    if (faults.dropRequests > 0) {
      faults.dropRequests--;
      socket.destroy();
    }
  }

  /** The faults of a delta query's pages; true where the page is to be cut off. */
  async #strikeDelta(): Promise<boolean> {
    const { faults } = this.#rooms;
    await holdBack(faults.delayDelta, this.#closing.signal);
    const isCut = faults.dropDuringDelta > 0;
    if (isCut) faults.dropDuringDelta--;
    return isCut;
  }

  /** One request: what came over HTTP, or a step of a batch. Never rejects. */
  async #answer(request: GraphRequest, grant: AccessGrant): Promise<GraphAnswer> {
    const { faults } = this.#rooms;
    try {
      refuseIfThrottled(faults.throttleGraph);
      refuseIfLost(faults, request);
      return await dispatch(request, grant, this.#rooms);
    } catch (error) {
      return errorAnswer(error, request);
    }
  }
}

/** https://learn.microsoft.com/graph/outlook-large-attachments */
function tooLarge(): GraphError {
  return new GraphError(413, 'BadRequest', { message: 'The maximum request length supported is 4MB.' });
}

/** https://learn.microsoft.com/graph/throttling-limits */
function throttled(code: string, milliseconds: number): GraphError {
  return new GraphError(429, code, { headers: { 'Retry-After': String(Math.ceil(milliseconds / 1000)) } });
}

function refuseIfThrottled(throttle: { times: number; retryAfterSeconds: number }): void {
  if (throttle.times <= 0) return;
  throttle.times--;
  throw new GraphError(429, 'TooManyRequests', { headers: { 'Retry-After': String(throttle.retryAfterSeconds) } });
}

/** A request that goes on with a delta query finds that the server knows nothing of it any more. */
function refuseIfLost(faults: Faults, { query }: GraphRequest): void {
  const goesOn = query.has('$deltatoken') || query.has('$skiptoken');
  if (!goesOn || faults.lostSyncStates <= 0) return;
  faults.lostSyncStates--;
  throw new GraphError(410, 'SyncStateNotFound');
}
