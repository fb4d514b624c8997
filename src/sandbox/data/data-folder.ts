import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { ExchangeError, isExchangeError } from '../../errors.js';
import type { KeptStore, MailStore } from '../store/store.js';
import { Database } from './database.js';
import { tables, tablesVersion } from './data-tables.js';
import { FolderLock } from './folder-lock.js';
import { keepStore } from './keep-store.js';
import type { Records } from './kept-map.js';
import { loadStore } from './load-store.js';
import { makeFolder } from './make-folder.js';

/** A folder in which a store outlives its process. */
export class DataFolder {
  /** What was in it. */
  readonly kept: KeptStore;
  readonly #path: string;
  readonly #lock: FolderLock;
  readonly #database: Database;
  #isFailing = false;

  private constructor(path: string, lock: FolderLock, database: Database) {
    this.#path = path;
    this.#lock = lock;
    this.#database = database;
    prepare(database, path);
    checkRecords(database);
    this.kept = loadStore(database);
  }

  /** Whether there was no mailbox in it. */
  get isNew(): boolean {
    return this.kept.accounts.length === 0;
  }

  /** @throws CONFIGURATION where another sandbox has it, or what is in it can't be read */
  static async open(path: string): Promise<DataFolder> {
    let lock: FolderLock | undefined;
    let database: Database | undefined;
    try {
      // There are keys and tokens in it.
      makeFolder(resolve(path), 0o700);
      lock = await takeLock(path);
      database = await Database.open(join(path, 'mail.sqlite'));
      return new DataFolder(path, lock, database);
    } catch (error) {
      database?.close();
      lock?.release();
      if (isExchangeError(error)) throw error;
      throw unusable(path, reasonOf(error), { cause: error, ...(isDamage(error) && damage) });
    }
  }

  /** Writes what happens to a store from now on. */
  keep(store: MailStore): void {
    keepStore(store, this.#database, (act) => this.#write(act));
  }

  /** What is kept of a kind beside mail. */
  records(kind: string): Records {
    const rows = this.#database.all('SELECT key, value FROM record WHERE kind = ? ORDER BY number', kind);
    return {
      entries: rows.map(({ key, value }) => [String(key), JSON.parse(String(value)) as unknown]),
      put: (key, value) => this.#write(() => this.#database.put('record', { kind, key, value: JSON.stringify(value) })),
      remove: (keys) =>
        this.all(() => {
          for (const key of keys) this.#database.run('DELETE FROM record WHERE kind = ? AND key = ?', kind, key);
        }),
    };
  }

  /** Why nothing can be started on what is kept: it can't be written to, or something in it is not what was written. */
  failure(error: unknown): unknown {
    if (isExchangeError(error)) return error;
    if (error instanceof NotKept) return unusable(this.#path, reasonOf(error.cause), { cause: error });
    return unusable(this.#path, reasonOf(error), { cause: error, ...damage });
  }

  /** Keeps all that is done, or nothing of it. */
  all(act: () => void): void {
    this.#write(() => this.#database.transaction(act));
  }

  close(): void {
    this.#database.close();
    this.#lock.release();
  }

  /** What can't be written is not accepted: whoever sent it is told, and the terminal once. */
  #write(act: () => void): void {
    try {
      act();
      this.#isFailing = false;
    } catch (error) {
      const failure = error instanceof NotKept ? error : new NotKept(this.#path, error);
      if (!this.#isFailing) process.emitWarning(failure.message);
      this.#isFailing = true;
      throw failure;
    }
  }
}

/** What was to be kept was not. */
class NotKept extends Error {
  /** Of SMTP: insufficient system storage (RFC 3463 section 3.4). */
  readonly responseCode = 452;

  constructor(path: string, cause: unknown) {
    super(`4.3.1 The sandbox can't keep this in ${path}: ${reasonOf(cause)}`, { cause });
  }
}

async function takeLock(path: string): Promise<FolderLock> {
  const taken = await FolderLock.take(join(path, 'sandbox.lock'));
  if (taken instanceof FolderLock) return taken;
  throw unusable(path, `another sandbox uses it (process ${taken.pid})`, {
    advice: ['Stop that one, or give this one a folder of its own.'],
  });
}

/** Makes the tables where there are none. @throws CONFIGURATION where they are of another version */
function prepare(database: Database, path: string): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version']);
  if (version === tablesVersion) return;
  if (version > tablesVersion)
    throw unusable(
      path,
      `it was written by a newer version of this package (format ${version}, not ${tablesVersion})`,
      {
        advice: ['Update playwright-exchange, or give it a folder of its own. Nothing in the folder was changed.'],
      },
    );
  if (version > 0)
    throw unusable(
      path,
      `it was written by an older version of this package (format ${version}, not ${tablesVersion})`,
      {
        advice: ['Give it a folder of its own, or go back to that version. Nothing in the folder was changed.'],
      },
    );
  database.transaction(() => {
    database.exec(tables);
    database.run('INSERT INTO store (id) VALUES (?)', randomUUID());
    database.exec(`PRAGMA user_version = ${tablesVersion}`);
  });
}

/** They are read when they are wanted. @throws SyntaxError where one is damaged */
function checkRecords(database: Database): void {
  const damaged = database.get('SELECT kind FROM record WHERE NOT json_valid(value)');
  if (damaged) throw new SyntaxError(`a record of the kind '${String(damaged['kind'])}' is no JSON`);
}

function unusable(
  path: string,
  reason: string,
  options: { readonly cause?: unknown; readonly advice?: readonly string[] },
): ExchangeError {
  return new ExchangeError('CONFIGURATION', `The sandbox cannot keep its mailboxes in ${path}: ${reason}.`, options);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What to do where it is not what was written. */
const damage = {
  advice: [
    'The file mail.sqlite in it is damaged: put a copy of it in its place, or give the sandbox a folder of its own.',
  ],
};

function isDamage(error: unknown): boolean {
  return error instanceof SyntaxError || /malformed|not a database/.test(String(error));
}
