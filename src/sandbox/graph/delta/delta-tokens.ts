import type { DeltaQuery } from './delta-query.js';
import type { FolderChange } from './folder-changes.js';

/** Where a round begins: the `$deltatoken` of a link. It says all by itself, so that it never gets too old. */
export interface DeltaState {
  /** The store's own id: its positions mean nothing in another. */
  readonly epoch: string;
  readonly folder: string;
  readonly position: number;
  readonly query: DeltaQuery;
}

/** A round that is under way: what is still to be handed out goes by a `$skiptoken`. */
export interface DeltaRound {
  readonly id: string;
  readonly changes: readonly FolderChange[];
  /** Where the next round begins. */
  readonly next: DeltaState;
}

const maxRounds = 1000;

/** The tokens of delta queries. */
export class DeltaTokens {
  readonly epoch: string;
  readonly #rounds = new Map<string, DeltaRound>();

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  writeState(state: DeltaState): string {
    return Buffer.from(JSON.stringify(state)).toString('base64url');
  }

  /** Nothing where it is none, or of another sandbox. */
  readState(token: string): DeltaState | undefined {
    try {
      const state = JSON.parse(Buffer.from(token, 'base64url').toString()) as DeltaState;
      return state.epoch === this.epoch ? state : undefined;
    } catch {
      return undefined;
    }
  }

  /** Names the point in a round that goes on after `offset` changes. */
  writeRound(round: DeltaRound, offset: number): string {
    this.#rounds.set(round.id, round);
    if (this.#rounds.size > maxRounds) this.#rounds.delete(this.#rounds.keys().next().value!);
    return `${round.id}.${offset}`;
  }

  readRound(token: string): { readonly round: DeltaRound; readonly offset: number } | undefined {
    const [id = '', offset = ''] = token.split('.');
    const round = this.#rounds.get(id);
    return round && { round, offset: Number(offset) };
  }
}
