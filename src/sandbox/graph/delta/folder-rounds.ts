import { randomUUID } from 'node:crypto';
import type { Account, StoredFolder } from '../../store/store.js';
import { renderFolder } from '../folders/folder-resource.js';

/** What was told of a folder, and whether it is still the same. */
type Snapshot = ReadonlyMap<StoredFolder, string>;

/** What is to be told, page by page. */
export interface FolderRound {
  readonly changed: readonly StoredFolder[];
  readonly removed: readonly StoredFolder[];
  readonly select: ReadonlySet<string> | undefined;
  /** The token of the round that comes after. */
  readonly next: string;
}

const maxKept = 1000;

/** Rounds of delta queries over a mailbox's folders: each compares with what the one before has told. */
export class FolderRounds {
  readonly #snapshots = new Map<string, { readonly snapshot: Snapshot; readonly select: FolderRound['select'] }>();
  readonly #rounds = new Map<string, FolderRound>();

  /** All that is there. */
  first({ folders, root }: Account, select: FolderRound['select']): FolderRound {
    return this.#round(
      folders.filter((folder) => folder !== root),
      { snapshot: new Map(), select },
    );
  }

  /** What changed since; nothing where the token is none. */
  later({ folders, root }: Account, token: string): FolderRound | undefined {
    const state = this.#snapshots.get(token);
    return (
      state &&
      this.#round(
        folders.filter((folder) => folder !== root),
        state,
      )
    );
  }

  /** Names the point in a round that goes on after `offset` rows. */
  write(round: FolderRound, offset: number): string {
    const id = randomUUID();
    keep(this.#rounds, id, round);
    return `${id}.${offset}`;
  }

  read(token: string): { readonly round: FolderRound; readonly offset: number } | undefined {
    const [id = '', offset = ''] = token.split('.');
    const round = this.#rounds.get(id);
    return round && { round, offset: Number(offset) };
  }

  #round(
    folders: readonly StoredFolder[],
    { snapshot, select }: { readonly snapshot: Snapshot; readonly select: FolderRound['select'] },
  ): FolderRound {
    const now: Snapshot = new Map(folders.map((folder) => [folder, fingerprint(folder)]));
    const next = randomUUID();
    keep(this.#snapshots, next, { snapshot: now, select });
    return {
      changed: folders.filter((folder) => now.get(folder) !== snapshot.get(folder)),
      removed: [...snapshot.keys()].filter((folder) => !now.has(folder)),
      select,
      next,
    };
  }
}

/** A folder has changed where its properties have. */
function fingerprint(folder: StoredFolder): string {
  return JSON.stringify(renderFolder(folder));
}

function keep<T>(map: Map<string, T>, id: string, value: T): void {
  map.set(id, value);
  if (map.size > maxKept) map.delete(map.keys().next().value!);
}
