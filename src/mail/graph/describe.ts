import { isOneItemsFault } from '../../async/bisect.js';
import { ExchangeError, isExchangeError } from '../../errors.js';
import { EachItem, type Answer } from '../each-item.js';
import type { Sources } from '../sources.js';
import type { CallOptions, Folder, NewArrivals } from '../transport.js';
import type { BatchRequest } from './batch.js';
import { isSuccess, type GraphAnswer } from './graph-answer.js';
import { isGone } from './graph-errors.js';
import { immutableIds, type GraphSession, type Operation } from './graph-session.js';
import { envelopeQuery, listedRef, readEnvelope, type Envelope, type ListedMessage } from './message-ref.js';
import { mimeRequest, readMime } from './mime.js';

/** So few without attachments: their sources come along, which saves a round trip for each arrival. */
const alongCount = 3;
/** Milliseconds that reading them takes at most. */
const timeout = 30_000;

/** Reads the envelopes of listed messages; one that Graph does not give holds up none. */
export class Descriptions {
  readonly #session: GraphSession;
  readonly #sources: Sources;
  readonly #each = new EachItem();

  constructor(session: GraphSession, sources: Sources) {
    this.#session = session;
    this.#sources = sources;
  }

  /** Oldest arrival first, without those that have left the folder meanwhile. */
  async read(
    folder: Folder,
    listed: readonly ListedMessage[],
    { signal }: CallOptions,
  ): Promise<Omit<NewArrivals, 'position'>> {
    const operation = {
      operation: `reading the messages of the folder ${folder.name}`,
      repeatable: true,
      timeout,
      signal,
    };
    const along = listed.length <= alongCount && !listed.some(({ hasAttachments }) => hasAttachments);
    const read = (some: readonly ListedMessage[], isFirst: boolean): Promise<Answer<Envelope | undefined>[]> =>
      along && isFirst ? this.#withSources(operation, some) : this.#envelopes(operation, some);
    const answers = await this.#each.read(listed, read, signal);
    const unreadable = answers.flatMap((answer, index) =>
      isExchangeError(answer) ? [{ ref: listedRef(listed[index]!), unreadable: answer }] : [],
    );
    const envelopes = answers.flatMap((answer) => (answer && !isExchangeError(answer) ? [answer] : []));
    return {
      messages: inOrder(envelopes).map(({ ref }) => ref),
      ...(unreadable.length > 0 && { unreadable }),
    };
  }

  async #envelopes(operation: Operation, listed: readonly ListedMessage[]): Promise<Answer<Envelope | undefined>[]> {
    const requests = listed.map((message) => this.#envelopeRequest(message));
    return this.#answers(operation, await this.#session.batch(operation, requests));
  }

  async #withSources(operation: Operation, listed: readonly ListedMessage[]): Promise<Answer<Envelope | undefined>[]> {
    const requests = listed.flatMap((message) => [
      this.#envelopeRequest(message),
      mimeRequest(this.#session, message.id),
    ]);
    const answers = await this.#session.batch(operation, requests);
    const envelopes = this.#answers(
      operation,
      answers.filter((_, index) => index % 2 === 0),
    );
    for (const [index, envelope] of envelopes.entries()) {
      const mime = answers[2 * index + 1]!;
      if (envelope && 'ref' in envelope && isSuccess(mime)) this.#keep(envelope, mime);
    }
    return envelopes;
  }

  /** What can't be read comes up again when it is asked for. */
  #keep({ ref }: Envelope, { body }: GraphAnswer): void {
    try {
      this.#sources.keep(ref.id, readMime(body));
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
    }
  }

  #answers(operation: Operation, answers: readonly GraphAnswer[]): Answer<Envelope | undefined>[] {
    const answersEach = answers.some((answer) => isSuccess(answer) || isGone(answer));
    return answers.map((answer) => {
      if (isGone(answer)) return undefined;
      if (isSuccess(answer)) return readEnvelope(answer.body);
      const failure = this.#session.failure(operation, answer);
      // Where all fail alike, it may be the server that does.
      if (!isOneItemsFault(failure) && !(answersEach && failure.transient)) throw failure;
      return failure;
    });
  }

  #envelopeRequest({ id }: ListedMessage): BatchRequest {
    const path = `${this.#session.root}/messages/${encodeURIComponent(id)}?${envelopeQuery}`;
    return { method: 'GET', path, prefer: immutableIds };
  }
}

/** Oldest arrival first: by number where there is one, else by received time. */
function inOrder(envelopes: readonly Envelope[]): Envelope[] {
  const isNumbered = envelopes.every(({ articleNumber }) => articleNumber !== undefined);
  const rank = ({ ref, articleNumber = 0 }: Envelope): number =>
    isNumbered ? articleNumber : ref.receivedAt.getTime();
  return envelopes.toSorted((one, other) => rank(one) - rank(other));
}
