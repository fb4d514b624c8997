import { createHash, randomUUID } from 'node:crypto';
import { KeptMap, type RecordsOf } from '../../data/kept-map.js';
import type { Account, StoredFolder } from '../../store/store.js';
import { renderFolder } from '../folders/folder-resource.js';

/** What was told of the folders, by their ids, to see whether they are still the same. */
interface Told {
  readonly folders: Readonly<Record<string, string>>;
  readonly select: readonly string[] | undefined;
}

/** What is to be told, page by page. */
export interface FolderRound {
  readonly changed: readonly StoredFolder[];
  /** Their ids. */
  readonly removed: readonly string[];
  readonly select: ReadonlySet<string> | undefined;
  /** The token of the round that comes after. */
  readonly next: string;
}

const maxKept = 1000;

/** Rounds of delta queries over a mailbox's folders: each compares with what the one before has told. */
export class FolderRounds {
  readonly #told: KeptMap<Told>;
  readonly #rounds = new Map<string, FolderRound>();

  constructor(records: RecordsOf) {
    this.#told = new KeptMap(records('folderRound'));
  }

  /** All that is there. */
  first(account: Account, select: FolderRound['select']): FolderRound {
    return this.#round(account, { folders: {}, select: select && [...select] });
  }

  /** What changed since; nothing where the token is none. */
  later(account: Account, token: string): FolderRound | undefined {
    const told = this.#told.get(token);
    return told && this.#round(account, told);
  }

  /** Names the point in a round that goes on after `offset` rows. */
  write(round: FolderRound, offset: number): string {
    const id = randomUUID();
    this.#rounds.set(id, round);
    if (this.#rounds.size > maxKept) this.#rounds.delete(this.#rounds.keys().next().value!);
    return `${id}.${offset}`;
  }

  read(token: string): { readonly round: FolderRound; readonly offset: number } | undefined {
    const [id = '', offset = ''] = token.split('.');
    const round = this.#rounds.get(id);
    return round && { round, offset: Number(offset) };
  }

  #round({ folders: all, root }: Account, { folders: before, select }: Told): FolderRound {
    const folders = all.filter((folder) => folder !== root);
    const now = Object.fromEntries(folders.map((folder) => [folder.id, fingerprint(folder)]));
    const next = randomUUID();
    this.#told.set(next, { folders: now, select });
    this.#told.limit(maxKept);
    return {
      changed: folders.filter(({ id }) => now[id] !== before[id]),
      removed: Object.keys(before).filter((id) => !Object.hasOwn(now, id)),
      select: select && new Set(select),
      next,
    };
  }
}

/** A folder has changed where its properties have. */
function fingerprint(folder: StoredFolder): string {
  return createHash('sha256')
    .update(JSON.stringify(renderFolder(folder)))
    .digest('base64url');
}
