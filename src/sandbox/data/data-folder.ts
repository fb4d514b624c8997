import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError, isExchangeError } from '../../errors.js';
import type { KeptStore, MailStore } from '../store/store.js';
import { Database } from './database.js';
import { tables, tablesVersion } from './data-tables.js';
import { FolderLock } from './folder-lock.js';
import { keepStore } from './keep-store.js';
import type { Records } from './kept-map.js';
import { loadStore } from './load-store.js';

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
      mkdirSync(path, { recursive: true, mode: 0o700 });
      lock = await takeLock(path);
      database = await Database.open(join(path, 'mail.sqlite'));
      return new DataFolder(path, lock, database);
    } catch (error) {
      database?.close();
      lock?.release();
      if (isExchangeError(error)) throw error;
      throw unusable(path, error instanceof Error ? error.message : String(error), { cause: error, ...damage(error) });
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
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`4.3.1 The sandbox can't keep this in ${path}: ${reason}`, { cause });
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

function unusable(
  path: string,
  reason: string,
  options: { readonly cause?: unknown; readonly advice?: readonly string[] },
): ExchangeError {
  return new ExchangeError('CONFIGURATION', `The sandbox cannot keep its mailboxes in ${path}: ${reason}.`, options);
}

/** What to do where it is not what was written. */
function damage(error: unknown): { readonly advice?: readonly string[] } {
  if (!(error instanceof SyntaxError) && !/malformed|not a database/.test(String(error))) return {};
  return {
    advice: [
      'The file mail.sqlite in it is damaged: put a copy of it in its place, or give the sandbox a folder of its own.',
    ],
  };
}
