import { EitherSignal } from '../../async/either-signal.js';
import { ExchangeError } from '../../errors.js';
import { readBatch, type BatchRequest } from './batch.js';
import { fields, isSuccess, type GraphAnswer } from './graph-answer.js';
import { graphError, type Attempt } from './graph-errors.js';
import { GraphHttp, type GraphHttpOptions, type GraphRequest, type UploadRequest } from './graph-http.js';
import { deniedError, hiddenError, type Access, type Permission } from './permissions.js';
import type { Places } from '../../async/places.js';
import { Slots } from '../../async/slots.js';

export interface GraphSessionOptions extends GraphHttpOptions, Access {
  /** Where requests take their turns. @default four at once, of this session alone */
  readonly places?: Places | undefined;
  /** The mailbox's address. */
  readonly address: string;
}

/** What to do, in user words (`reading the folder Inbox`), and how. */
export interface Operation {
  readonly operation: string;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly repeatable?: boolean;
  /** @default 'Mail.ReadWrite' */
  readonly permission?: Permission;
  /** What is not found is a folder, and no message. */
  readonly isAboutFolder?: boolean;
  /** It may take long: it is to hold up no other. */
  readonly aside?: boolean;
}

/** https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits: for an app and a mailbox. */
const maxConcurrent = 4;
/** Beyond those, so many that may take long. */
const maxAside = 1;

/** So that a message that moves stays the same: https://learn.microsoft.com/graph/outlook-immutable-id */
export const immutableIds = 'IdType="ImmutableId"';

/** Requests about one mailbox, no more at once than Exchange takes. */
export class GraphSession {
  readonly address: string;
  /** Where the mailbox is: `/me`, or `/users/qa%40contoso.com`. */
  readonly root: string;
  readonly #access: Access;
  readonly #http: GraphHttp;
  readonly #places: Places;
  readonly #asides = new Slots(maxAside);
  readonly #closing = new AbortController();

  constructor(options: GraphSessionOptions) {
    const { address, appOnly, isShared } = options;
    this.address = address;
    this.root = appOnly || isShared ? `/users/${encodeURIComponent(address)}` : '/me';
    this.#access = options;
    this.#http = new GraphHttp(options);
    this.#places = options.places ?? new Slots(maxConcurrent);
  }

  /** One request, and its answer, whatever it says. */
  async ask(operation: Operation, request: Omit<GraphRequest, 'signal'>): Promise<GraphAnswer> {
    return await this.#send(operation, request, 1);
  }

  /** One request; resolves where it succeeded. */
  async request(operation: Operation, request: Omit<GraphRequest, 'signal'>): Promise<GraphAnswer> {
    const answer = await this.ask(operation, request);
    if (!isSuccess(answer)) throw this.failure(operation, answer);
    return answer;
  }

  /** One request; resolves with the fields of its answer. @throws PROTOCOL where that is no JSON, but a portal's page */
  async read(operation: Operation, request: Omit<GraphRequest, 'signal'>): Promise<Readonly<Record<string, unknown>>> {
    const { status, headers, body } = await this.request(operation, request);
    if (typeof body === 'object' && body !== null && !Buffer.isBuffer(body)) return fields(body);
    const type = headers['content-type'] ?? 'without a type';
    throw new ExchangeError('PROTOCOL', `${operation.operation}: the answer (${status}, ${type}) is no JSON`, {
      advice: ['see whether something on the way, such as a proxy, answers in place of Microsoft Graph'],
    });
  }

  /**
   * Several requests as one; their answers in the same order, failures among them. Graph runs four of them at a
   * time, which is all that the mailbox takes.
   */
  async batch(operation: Operation, requests: readonly BatchRequest[]): Promise<GraphAnswer[]> {
    using either = this.#either(operation);
    const { signal } = either;
    return await readBatch(requests, {
      signal,
      post: async (body) => {
        const request = { method: 'POST', path: '/$batch', body, contentType: 'application/json' } as const;
        const answer = await this.#send(operation, request, Math.min(maxConcurrent, requests.length));
        if (!isSuccess(answer)) throw this.failure(operation, answer);
        return answer.body;
      },
      failure: (answer) => this.failure(operation, answer),
    });
  }

  /** What an answer that is no success means. */
  failure({ operation, permission = 'Mail.ReadWrite', isAboutFolder }: Operation, answer: GraphAnswer): ExchangeError {
    const attempt: Attempt = { operation, mailbox: this.address, isAboutFolder };
    const error = graphError(attempt, answer);
    const access = this.#access;
    if (error.code === 'FOLDER_NOT_FOUND' && access.isShared) return hiddenError(attempt, answer, { error, access });
    if (answer.status !== 403 || error.advice.length > 0) return error;
    return deniedError({ ...attempt, permission }, answer, { ...access, token: this.#http.token });
  }

  /** A piece of an attachment, to an address that Graph gave. */
  async upload(operation: Operation, piece: Omit<UploadRequest, 'signal' | 'timeout'>): Promise<void> {
    using either = this.#either(operation);
    const { signal } = either;
    const { timeout } = operation;
    const request = { ...piece, signal, ...(timeout !== undefined && { timeout }) };
    const answer = await this.#places.run(1, signal, () => this.#http.upload(request));
    if (!isSuccess(answer)) throw this.failure(operation, answer);
  }

  close(): void {
    this.#closing.abort(new ExchangeError('CLOSED', `the connection to the mailbox ${this.address} was closed`));
  }

  async #send(operation: Operation, request: Omit<GraphRequest, 'signal'>, places: number): Promise<GraphAnswer> {
    using either = this.#either(operation);
    const { signal } = either;
    const { timeout, repeatable, aside } = operation;
    const limits = { ...(timeout !== undefined && { timeout }), ...(repeatable !== undefined && { repeatable }) };
    const ask = (): Promise<GraphAnswer> => this.#http.request({ ...limits, ...request, signal });
    return aside ? await this.#asides.run(1, signal, ask) : await this.#places.run(places, signal, ask);
  }

  #either({ signal }: Operation): EitherSignal {
    return new EitherSignal(this.#closing.signal, signal);
  }
}
