import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeError, isExchangeError } from '../../errors.js';
import type { KeptStore, MailStore } from '../store/store.js';
import { Database } from './database.js';
import { tables, tablesVersion } from './data-tables.js';
import { FolderLock } from './folder-lock.js';
import { keepStore } from './keep-store.js';
import { loadStore } from './load-store.js';

/** A folder in which a store outlives its process. */
export class DataFolder {
  /** What was in it. */
  readonly kept: KeptStore;
  /** Whether there was nothing in it. */
  readonly isNew: boolean;
  readonly #path: string;
  readonly #lock: FolderLock;
  readonly #database: Database;
  #isFailing = false;

  private constructor(path: string, lock: FolderLock, database: Database) {
    this.#path = path;
    this.#lock = lock;
    this.#database = database;
    this.isNew = prepare(database);
    this.kept = loadStore(database);
  }

  /** @throws CONFIGURATION where another sandbox has it, or what is in it can't be read */
  static async open(path: string): Promise<DataFolder> {
    let lock: FolderLock | undefined;
    let database: Database | undefined;
    try {
      mkdirSync(path, { recursive: true });
      lock = await takeLock(path);
      database = await Database.open(join(path, 'mail.sqlite'));
      return new DataFolder(path, lock, database);
    } catch (error) {
      database?.close();
      lock?.release();
      if (isExchangeError(error)) throw error;
      throw unusable(path, error instanceof Error ? error.message : String(error), error);
    }
  }

  /** Writes what happens to a store from now on. */
  keep(store: MailStore): void {
    keepStore(store, this.#database, (act) => this.#write(act));
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
      const failure = new NotKept(this.#path, error);
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
  throw unusable(path, `another sandbox uses it (process ${taken.pid})`, undefined, [
    'Stop that one, or give this one a folder of its own.',
  ]);
}

/** Makes the tables where there are none. @returns whether it did */
function prepare(database: Database): boolean {
  const version = Number(database.get('PRAGMA user_version')?.['user_version']);
  if (version === tablesVersion) return false;
  if (version !== 0)
    throw new Error(`it was written by another version of this package (${version}, not ${tablesVersion})`);
  database.transaction(() => {
    database.exec(tables);
    database.run('INSERT INTO store (id) VALUES (?)', randomUUID());
    database.exec(`PRAGMA user_version = ${tablesVersion}`);
  });
  return true;
}

function unusable(path: string, reason: string, cause?: unknown, advice?: readonly string[]): ExchangeError {
  const summary = `The sandbox cannot keep its mailboxes in ${path}: ${reason}.`;
  return new ExchangeError('CONFIGURATION', summary, { cause, ...(advice && { advice }) });
}
