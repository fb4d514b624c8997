import { randomBytes } from 'node:crypto';
import type { DraftAttachment } from '../../message/draft.js';
import type { StoredMessage } from '../../store/store.js';
import { badRequest, GraphError, itemNotFound } from '../graph-error.js';

/** What an upload is of, and where it goes. */
export interface Upload {
  readonly message: StoredMessage;
  readonly size: number;
  readonly attachment: Omit<DraftAttachment, 'content'>;
}

/** An upload that is under way; whoever has its address may go on with it. */
export interface UploadSession extends Upload {
  readonly token: string;
  readonly expiresAt: Date;
  readonly received: number;
}

/** Octets that an attachment may have. https://learn.microsoft.com/graph/outlook-large-attachments */
export const smallestUpload = 3 * 1024 * 1024;
export const largestUpload = 150 * 1024 * 1024;

const lifetime = 7 * 86_400_000;
const maxSessions = 100;
/** Octets that all uploads under way may have brought. */
const mostHeld = 512 * 1024 * 1024;

interface Held extends Upload {
  readonly expiresAt: Date;
  readonly pieces: Buffer[];
  received: number;
}

/** Uploads of attachments that are too large for one request. */
export class UploadSessions {
  readonly #sessions = new Map<string, Held>();
  readonly #mostHeld: number;

  /** `most` is how many octets all of them may have brought. @default 512 MB */
  constructor(most = mostHeld) {
    this.#mostHeld = most;
  }

  create(upload: Upload): UploadSession {
    const token = randomBytes(24).toString('base64url');
    const held: Held = { ...upload, expiresAt: new Date(Date.now() + lifetime), pieces: [], received: 0 };
    this.#sessions.set(token, held);
    if (this.#sessions.size > maxSessions) this.#sessions.delete(this.#sessions.keys().next().value!);
    return { ...held, token };
  }

  /** @throws GraphError ErrorItemNotFound */
  get(token: string): UploadSession {
    return { ...this.#held(token), token };
  }

  /**
   * Takes the next piece.
   * @returns the whole, once it is there
   * @throws GraphError where it is not the piece that comes next
   */
  add(token: string, piece: Buffer, range: string): Buffer | undefined {
    const held = this.#held(token);
    const [, first, last, size] = (/^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? []).map(Number);
    const isWhole = last !== undefined && first !== undefined && last - first + 1 === piece.length;
    if (!isWhole || size !== held.size) throw badRequest('The Content-Range header is missing or malformed.');
    if (first !== held.received || last >= held.size)
      throw new GraphError(416, 'ErrorInvalidRange', { message: 'The range does not follow on what was uploaded.' });
    held.pieces.push(piece);
    held.received += piece.length;
    this.#makeRoom(held);
    if (held.received < held.size) return undefined;
    this.#sessions.delete(token);
    return Buffer.concat(held.pieces);
  }

  /** Those that were begun first make room. */
  #makeRoom(current: Held): void {
    let total = [...this.#sessions.values()].reduce((sum, { received }) => sum + received, 0);
    for (const [token, held] of this.#sessions) {
      if (total <= this.#mostHeld) return;
      if (held === current) continue;
      total -= held.received;
      this.#sessions.delete(token);
    }
  }

  cancel(token: string): void {
    this.#held(token);
    this.#sessions.delete(token);
  }

  #held(token: string): Held {
    const held = this.#sessions.get(token);
    if (!held || held.expiresAt.getTime() <= Date.now()) throw itemNotFound('The upload session was not found.');
    return held;
  }
}
