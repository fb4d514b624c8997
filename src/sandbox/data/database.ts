import { rmSync } from 'node:fs';
import type { Database as Sqlite, JSValue, Statement } from 'node-sqlite3-wasm';

export type Row = Readonly<Record<string, number | bigint | string | Uint8Array | null>>;

/** What tells the rows of a table apart. */
const keys = {
  account: 'address',
  folder: 'id',
  message: 'id',
  content: 'message',
  change: 'folder, position',
  record: 'kind, key',
};

/** An SQLite file that nobody else has open. What is written to it outlives the process, however that ends. */
export class Database {
  readonly #sqlite: Sqlite;
  readonly #statements = new Map<string, Statement>();

  private constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  /** @param path of a file that nobody else has open, or that is not there yet */
  static async open(path: string): Promise<Database> {
    const { default: sqlite } = await import('node-sqlite3-wasm');
    // Left by a process that was killed.
    rmSync(`${path}.lock`, { recursive: true, force: true });
    const database = new Database(new sqlite.Database(path));
    try {
      // Its write-ahead log needs no memory shared with others where it has the file alone.
      for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = NORMAL'])
        database.all(`PRAGMA ${pragma}`);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  exec(sql: string): void {
    this.#sqlite.exec(sql);
  }

  all(sql: string, ...values: JSValue[]): Row[] {
    return this.#sqlite.all(sql, values) as Row[];
  }

  get(sql: string, ...values: JSValue[]): Row | undefined {
    return (this.#statement(sql).get(values) as Row | null) ?? undefined;
  }

  run(sql: string, ...values: JSValue[]): void {
    this.#statement(sql).run(values);
  }

  /** Puts a row in, or changes the one that has its key. */
  put(table: keyof typeof keys, row: Readonly<Record<string, JSValue>>): void {
    const names = Object.keys(row);
    const marks = names.map(() => '?').join(', ');
    const changes = names.map((name) => `${name} = excluded.${name}`).join(', ');
    this.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks}) ON CONFLICT (${keys[table]}) DO UPDATE SET ${changes}`,
      ...Object.values(row),
    );
  }

  /** Writes all or nothing; within another, that one does. */
  transaction(write: () => void): void {
    if (this.#sqlite.inTransaction) return write();
    this.#sqlite.exec('BEGIN');
    try {
      write();
      this.#sqlite.exec('COMMIT');
    } catch (error) {
      // A statement that failed can't be run again.
      this.#finalize();
      if (this.#sqlite.inTransaction) this.#sqlite.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#finalize();
    this.#sqlite.close();
  }

  #finalize(): void {
    const statements = [...this.#statements.values()];
    this.#statements.clear();
    for (const statement of statements) {
      try {
        statement.finalize();
      } catch {
        // It says again why it failed.
      }
    }
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#sqlite.prepare(sql)));
    return statement;
  }
}
