import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExchangeError } from '../../errors.js';
import { withProcessLock } from './process-lock.js';
import { asArgument, authoriseAgain } from '../sign-in-again.js';
import { decodeTokens, encodeTokens, type StoredTokens } from './stored-tokens.js';

export interface TokenStoreOptions {
  /** The folder below which the store is: the Playwright config's. */
  readonly directory: string;
  readonly connection: string;
  /** What to encrypt with: `PLAYWRIGHT_EXCHANGE_KEY`. */
  readonly key: string | undefined;
}

/** The tokens of one connection's sign-in, in a file that all processes share. */
export class TokenStore {
  readonly file: string;
  readonly #connection: string;
  readonly #key: string | undefined;

  constructor({ directory, connection, key }: TokenStoreOptions) {
    this.file = join(directory, 'playwright', '.auth', 'exchange', `${fileName(connection)}.json`);
    this.#connection = connection;
    this.#key = key || undefined;
  }

  /**
   * The tokens; nothing where there are none.
   * @throws CONFIGURATION where the file is none of ours, newer, damaged, or needs another key; it stays as it is
   */
  async read(): Promise<StoredTokens | undefined> {
    const text = await readFile(this.file, 'utf8').catch(ifAbsent);
    if (text === undefined) return undefined;
    try {
      return await decodeTokens(text, this.#key);
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new ExchangeError('CONFIGURATION', `${this.#what} can't be read: ${this.file} ${problem}.`, {
        advice: [
          `Restore it, or the PLAYWRIGHT_EXCHANGE_KEY that it was encrypted with; or delete it: npx playwright-exchange tokens forget ${asArgument(this.#connection)}`,
          ...authoriseAgain(this.#connection, {}),
        ],
      });
    }
  }

  /** Replaces the tokens, whole: who reads meanwhile sees the old ones or the new. */
  async write(tokens: StoredTokens): Promise<void> {
    await this.#prepare();
    const temporary = `${this.file}.${randomUUID()}`;
    try {
      await writeFile(temporary, await encodeTokens(tokens, this.#key), { mode: 0o600, flag: 'wx' });
      await rename(temporary, this.file);
    } catch (cause) {
      await rm(temporary, { force: true });
      throw this.#notWritable(cause);
    }
  }

  /** Deletes the tokens, and what a process left of them that was killed while it wrote; false where there were none. */
  async forget(): Promise<boolean> {
    const folder = dirname(this.file);
    const names = (await readdir(folder).catch(ifAbsent)) ?? [];
    const ours = names.filter((name) => isOf(basename(this.file), name));
    for (const name of ours) await rm(join(folder, name), { force: true });
    return ours.length > 0;
  }

  /** Runs an action that reads and writes the tokens while no other process does. */
  async locked<T>(action: () => Promise<T>): Promise<T> {
    await this.#prepare();
    return await withProcessLock(`${this.file}.lock`, action);
  }

  async #prepare(): Promise<void> {
    const folder = dirname(this.file);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(ifPresent);
    } catch (cause) {
      throw this.#notWritable(cause);
    }
  }

  #notWritable(cause: unknown): ExchangeError {
    const code = String((cause as NodeJS.ErrnoException).code);
    return new ExchangeError('CONFIGURATION', `${this.#what} can't be written: ${this.file} (${code}).`, {
      cause,
      advice: ['Have the folder of the Playwright config writable.'],
    });
  }

  get #what(): string {
    return `The token store of connection "${this.#connection}"`;
  }
}

/** A connection's name as a file's on every system; two that differ only in case share no variable either. */
function fileName(connection: string): string {
  const encode = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return encodeURIComponent(connection).replace(/[.*'()!~]/g, encode);
}

/** The file itself, or a temporary one: the lock is none. */
function isOf(file: string, name: string): boolean {
  return name === file || (name.startsWith(`${file}.`) && /^[\da-f-]{36}$/.test(name.slice(file.length + 1)));
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function ifPresent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
