import { Slots } from '../../async/slots.js';
import type { Sources } from '../sources.js';
import type { CallOptions, Folder, NewArrivals, Position } from '../transport.js';
import { ArticleNumbers, type Span } from './article-numbers.js';
import { ChangesSince } from './changes-since.js';
import { Descriptions } from './describe.js';
import type { GraphSession } from './graph-session.js';
import { formatPosition, numbered, parsePosition } from './position.js';

const unnumbered =
  'Graph tells of no article numbers in this mailbox: mail with a received time of more than 48 hours ago is not found.';

const nothing: Span = { messages: [], to: undefined };

/** Positions and what came after them: by number where the server gives numbers, else by the changes that it tells of. */
export class Arrivals {
  readonly #descriptions: Descriptions;
  readonly #numbers: ArticleNumbers;
  readonly #changes: ChangesSince;
  readonly #note: (text: string) => void;
  /** However many folders are followed, the mailbox is asked one question at a time. */
  readonly #turns = new Slots(1);
  /** Whether the server is known to search by number. */
  #areSearched: boolean | undefined;

  constructor(session: GraphSession, sources: Sources, note: (text: string) => void) {
    this.#descriptions = new Descriptions(session, sources);
    this.#numbers = new ArticleNumbers(session);
    this.#changes = new ChangesSince(session);
    this.#note = note;
  }

  /** Where a folder stands now: all that is there counts as seen. With `since`, where it stood before then. */
  async position(
    folder: Folder,
    { since, ...options }: CallOptions & { readonly since?: Date } = {},
  ): Promise<Position> {
    return await this.#inTurn(options, async () => {
      // In this order: what comes in between must be after the position.
      const next = await this.#next(folder, options);
      if (next === undefined) return formatPosition(await this.#changes.position(folder, { ...options, since }));
      const first = since && (await this.#numbers.lowestSince(folder, since, options));
      return numbered(first ?? next);
    });
  }

  async after(folder: Folder, position: Position, options: CallOptions = {}): Promise<NewArrivals> {
    const point = parsePosition(position);
    if ('number' in point) return await this.#from(folder, point.number, options);
    const { fresh, position: next } = await this.#inTurn(options, () => this.#changes.after(folder, point, options));
    return { ...(await this.#descriptions.read(folder, fresh, options)), position: formatPosition(next) };
  }

  /** At the end the position moves on with what was seen alone: a number that was given may not have its message yet. */
  async #from(folder: Folder, first: number, options: CallOptions): Promise<NewArrivals> {
    const { messages, to } = await this.#inTurn(options, async () => {
      const next = (await this.#numbers.next(folder, options)) ?? first;
      return next > first ? await this.#numbers.from(folder, first, next, options) : nothing;
    });
    const arrived = await this.#descriptions.read(folder, messages, options);
    const position = numbered(to ?? (messages.at(-1)?.number ?? first - 1) + 1);
    return { ...arrived, position, isPartial: to !== undefined };
  }

  async #next(folder: Folder, options: CallOptions): Promise<number | undefined> {
    if (this.#areSearched === false) return undefined;
    const next = await this.#numbers.next(folder, options);
    this.#areSearched ??= next !== undefined && (await this.#numbers.areSearched(folder, next, options));
    if (!this.#areSearched) this.#note(unnumbered);
    return this.#areSearched ? next : undefined;
  }

  async #inTurn<T>({ signal }: CallOptions, read: () => Promise<T>): Promise<T> {
    return await this.#turns.run(1, signal ?? new AbortController().signal, read);
  }
}
