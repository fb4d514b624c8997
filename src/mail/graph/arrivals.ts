import type { Sources } from '../sources.js';
import type { CallOptions, Folder, MessageRef, Position } from '../transport.js';
import type { BatchRequest } from './batch.js';
import { readFrom, readRecent, readRound, type Change, type Round } from './delta.js';
import { isSuccess } from './graph-answer.js';
import { isGone, isSyncStateLost } from './graph-errors.js';
import { immutableIds, type GraphSession, type Operation } from './graph-session.js';
import { envelopeQuery, readEnvelope, type Envelope } from './message-ref.js';
import { mimeRequest, readMime } from './mime.js';
import { digest, formatPosition, parsePosition, type GraphPosition } from './position.js';
import { Slots } from '../../async/slots.js';

/** How far back received times are looked at: mail that is delayed, released or moved in has an old one. */
const reach = 48 * 60 * 60 * 1000;
/** So few without attachments: their sources come along, which saves a round trip for each arrival. */
const alongCount = 3;

/** Positions and what came after them. */
export class Arrivals {
  readonly #session: GraphSession;
  readonly #sources: Sources;
  /** However many folders are followed, the mailbox is asked one question at a time. */
  readonly #turns = new Slots(1);

  constructor(session: GraphSession, sources: Sources) {
    this.#session = session;
    this.#sources = sources;
  }

  /** Where a folder stands now: all that is there counts as seen. With `since`, where it stood before then. */
  async position(
    folder: Folder,
    { since, ...options }: CallOptions & { readonly since?: Date } = {},
  ): Promise<Position> {
    if (since) return formatPosition({ from: since.getTime(), link: undefined, seen: [] });
    const { present, link, from } = await this.#read(folder, options, (operation) =>
      readRecent(this.#session, operation, { folder, from: Date.now() - reach }),
    );
    return formatPosition({ from, link, seen: [...present.keys()].map(digest) });
  }

  async after(
    folder: Folder,
    position: Position,
    options: CallOptions = {},
  ): Promise<{ messages: readonly MessageRef[]; position: Position }> {
    const point = parsePosition(position);
    const round = await this.#read(folder, options, (operation) => this.#round(operation, folder, point));
    const seen = new Set(point.seen);
    const fresh = [...round.present.values()].filter(({ id }) => !seen.has(digest(id)));
    for (const id of round.removed) seen.delete(digest(id));
    for (const { id } of fresh) seen.add(digest(id));
    const messages = await this.#describe(folder, fresh, options);
    return { messages, position: formatPosition({ from: round.from, link: round.link, seen: [...seen] }) };
  }

  /** A link that the server has forgotten is made anew; what has been seen is known. */
  async #round(
    operation: Operation,
    folder: Folder,
    { from, link }: GraphPosition,
  ): Promise<Round & { readonly from: number }> {
    if (link === undefined) return { ...(await readFrom(this.#session, operation, { folder, from })), from };
    try {
      return { ...(await readRound(this.#session, operation, link)), from };
    } catch (error) {
      if (!isSyncStateLost(error)) throw error;
      return await readRecent(this.#session, operation, { folder, from });
    }
  }

  /** One round at a time. */
  async #read<T>({ name }: Folder, { signal }: CallOptions, read: (operation: Operation) => Promise<T>): Promise<T> {
    const operation = { operation: `reading the folder ${name}`, isAboutFolder: true, signal };
    return await this.#turns.run(1, signal ?? new AbortController().signal, () => read(operation));
  }

  async #describe(folder: Folder, changes: readonly Change[], { signal }: CallOptions): Promise<MessageRef[]> {
    if (changes.length === 0) return [];
    const operation = { operation: `reading the messages of the folder ${folder.name}`, repeatable: true, signal };
    const along = changes.length <= alongCount && !changes.some(({ hasAttachments }) => hasAttachments);
    const envelopes = along ? await this.#withSources(operation, changes) : await this.#envelopes(operation, changes);
    return inOrder(envelopes.filter((envelope) => envelope !== undefined)).map(({ ref }) => ref);
  }

  /** Nothing in place of a message that has left the folder meanwhile. */
  async #envelopes(operation: Operation, changes: readonly Change[]): Promise<(Envelope | undefined)[]> {
    const answers = await this.#session.batch(
      operation,
      changes.map((change) => this.#envelopeRequest(change)),
    );
    return answers.map((answer) => {
      if (isGone(answer)) return undefined;
      if (!isSuccess(answer)) throw this.#session.failure(operation, answer);
      return readEnvelope(answer.body);
    });
  }

  async #withSources(operation: Operation, changes: readonly Change[]): Promise<(Envelope | undefined)[]> {
    const requests = changes.flatMap((change) => [
      this.#envelopeRequest(change),
      mimeRequest(this.#session, change.id),
    ]);
    const answers = await this.#session.batch(operation, requests);
    return changes.map((_, index) => {
      const [head, mime] = [answers[2 * index]!, answers[2 * index + 1]!];
      if (isGone(head)) return undefined;
      if (!isSuccess(head)) throw this.#session.failure(operation, head);
      const envelope = readEnvelope(head.body);
      if (isSuccess(mime)) this.#sources.keep(envelope.ref.id, readMime(mime.body));
      return envelope;
    });
  }

  #envelopeRequest({ id }: Change): BatchRequest {
    const path = `${this.#session.root}/messages/${encodeURIComponent(id)}?${envelopeQuery}`;
    return { method: 'GET', path, prefer: immutableIds };
  }
}

/** Oldest arrival first: the order of a round's changes says nothing. */
function inOrder(envelopes: readonly Envelope[]): Envelope[] {
  const isNumbered = envelopes.every(({ articleNumber }) => articleNumber !== undefined);
  const rank = ({ ref, articleNumber = 0 }: Envelope): number =>
    isNumbered ? articleNumber : ref.receivedAt.getTime();
  return envelopes.toSorted((one, other) => rank(one) - rank(other));
}
