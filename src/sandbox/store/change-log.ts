/** What tells a message from others, also when it is gone. */
export interface MessageKey {
  readonly id: string;
  readonly immutableId: string;
  readonly receivedAt: Date;
}

/** One thing that happened in a folder. */
export interface Change extends MessageKey {
  /** `read`: it was marked as read or unread, and nothing else. */
  readonly kind: 'created' | 'updated' | 'read' | 'deleted';
}

/** All that happened to one message. */
export interface ChangeSum {
  readonly change: Change;
  /** The positions of the first and of the last of it. */
  readonly first: number;
  readonly last: number;
}

/** What is older is forgotten: who has not asked since begins anew. */
const kept = 100_000;

/** What happened in a folder, in order: what is new since a point is found without walking the folder. */
export class ChangeLog {
  #changes: Change[];
  /** The position of the first that is kept. */
  #first: number;

  constructor(changes: readonly Change[] = [], first = 0) {
    this.#changes = [...changes];
    this.#first = first;
  }

  /** The point that is now. */
  get position(): number {
    return this.#first + this.#changes.length;
  }

  /** The position of the oldest that is remembered. */
  get first(): number {
    return this.#first;
  }

  /** All from a position on that are remembered. */
  from(position: number): readonly Change[] {
    return this.#changes.slice(Math.max(0, position - this.#first));
  }

  note(kind: Change['kind'], { id, immutableId, receivedAt }: MessageKey): void {
    this.#changes.push({ kind, id, immutableId, receivedAt });
    if (this.#changes.length < 2 * kept) return;
    this.#changes = this.#changes.slice(-kept);
    this.#first += kept;
  }

  /** What happened after a point, each message once, by the first of it; nothing where the point is not remembered. */
  since(position: number): ChangeSum[] | undefined {
    if (position < this.#first || position > this.position) return undefined;
    const sums = new Map<string, ChangeSum>();
    for (let last = position; last < this.position; last++) {
      const change = this.#changes[last - this.#first]!;
      const before = sums.get(change.id);
      sums.set(change.id, { change: before ? add(before.change, change) : change, first: before?.first ?? last, last });
    }
    return [...sums.values()];
  }
}

/** What two changes of one message come to. */
function add(before: Change, change: Change): Change {
  return change.kind === 'deleted' || before.kind === 'read' ? change : before;
}
