import { chmod, lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExchangeError } from '../../errors.js';
import { asArgument, authoriseAgain } from '../sign-in-again.js';
import { LockHeld, ProcessLock } from './process-lock.js';
import { decodeTokens, encodeTokens, type Owner, type StoredTokens } from './stored-tokens.js';

export interface TokenStoreOptions {
  /** The working directory, below which the store is. */
  readonly directory: string;
  readonly connection: string;
  /** What to encrypt with: `PLAYWRIGHT_EXCHANGE_KEY`. */
  readonly key: string | undefined;
}

/**
 * Replaces the tokens, whole: who reads meanwhile sees the old ones or the new. It is the last thing to do under the
 * lock, which is given back with it; false where this process stood still for so long that another one took over: what
 * that one writes counts.
 */
export type WriteTokens = (tokens: StoredTokens) => Promise<boolean>;

/** In octets: tokens have some thousand. */
const maxSize = 1024 * 1024;

/** The tokens of one connection's sign-in, in a file that all processes in a working directory share. */
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
   * @throws CONFIGURATION where the file can't be read, is none of ours, newer, damaged, in the clear although there is
   * a key, or needs another one; it stays as it is
   */
  async read(): Promise<StoredTokens | undefined> {
    try {
      const text = await readSmall(this.file);
      return text === undefined ? undefined : await decodeTokens(text, this.#owner);
    } catch (cause) {
      throw this.#failure("can't be read", cause, [
        `Restore it, or the PLAYWRIGHT_EXCHANGE_KEY that it was encrypted with; or delete it: npx playwright-exchange tokens forget ${asArgument(this.#connection)}`,
        ...authoriseAgain(this.#connection, {}),
      ]);
    }
  }

  /** Replaces the tokens, whoever else is about to. @throws CONFIGURATION where the file can't be written */
  async write(tokens: StoredTokens): Promise<void> {
    while (!(await this.locked((write) => write(tokens))));
  }

  /** Deletes the tokens, and what a process left of them that was killed while it wrote; false where there were none. */
  async forget(): Promise<boolean> {
    return await this.locked(async () => {
      try {
        const isThere = (await lstat(this.file).catch(ifAbsent)) !== undefined;
        await rm(this.file, { force: true });
        return isThere;
      } catch (cause) {
        throw this.#failure("can't be deleted", cause, ['Delete it by hand.']);
      }
    });
  }

  /**
   * Runs an action that reads and writes the tokens while no other process does.
   * @throws CONFIGURATION where the folder can't be written to, DEADLINE where another process goes on and on
   */
  async locked<T>(action: (write: WriteTokens) => Promise<T>): Promise<T> {
    await using lock = await this.#lock();
    return await action(async (tokens) => {
      const text = await encodeTokens(tokens, this.#owner);
      return await lock.replace(this.file, text).catch((cause: unknown) => Promise.reject(this.#notWritable(cause)));
    });
  }

  async #lock(): Promise<ProcessLock> {
    const folder = dirname(this.file);
    try {
      await makePrivate(folder);
      await writeFile(join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(ifPresent);
      return await ProcessLock.acquire(`${this.file}.lock`);
    } catch (cause) {
      throw cause instanceof LockHeld ? this.#held() : this.#notWritable(cause);
    }
  }

  get #owner(): Owner {
    return { connection: this.#connection, key: this.#key };
  }

  #notWritable(cause: unknown): ExchangeError {
    const isFull = ['ENOSPC', 'EDQUOT'].includes(codeOf(cause) ?? '');
    const advice = isFull ? 'Make room on the disk.' : 'Run in a working directory that can be written to.';
    return this.#failure("can't be written", cause, [advice]);
  }

  #held(): ExchangeError {
    const summary = `${this.#what} is in use by another process, which does not come to an end: ${this.file}.lock`;
    return new ExchangeError('DEADLINE', summary, { transient: true, advice: ['See which one it is, and end it.'] });
  }

  /** What the file system says has a code; what is in the file is said in words of ours. */
  #failure(what: string, cause: unknown, advice: readonly string[]): ExchangeError {
    const code = codeOf(cause);
    const problem = code ? `(${code})` : (cause as Error).message;
    return new ExchangeError('CONFIGURATION', `${this.#what} ${what}: ${this.file} ${problem}.`, {
      ...(code && { cause }),
      advice,
    });
  }

  get #what(): string {
    return `The token store of connection "${this.#connection}"`;
  }
}

/** A connection's name as a file's on every system; two that differ only in case share no variable either. */
function fileName(connection: string): string {
  const encode = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return encodeURIComponent(connection.toWellFormed()).replace(/[.*'()!~]/g, encode);
}

/** Also where it was there before, open to all; one that is a link was put there on purpose. */
async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stats = await lstat(folder);
  if (stats.isDirectory() && (stats.mode & 0o077) !== 0) await chmod(folder, 0o700).catch(() => {});
}

/** @throws Error where it is no file, or too large to be ours */
async function readSmall(file: string): Promise<string | undefined> {
  const stats = await stat(file).catch(ifAbsent);
  if (!stats) return undefined;
  if (!stats.isFile()) throw new Error('is no file');
  if (stats.size > maxSize) throw new Error(`is larger than ${maxSize} octets`);
  return await readFile(file, 'utf8').catch(ifAbsent);
}

function codeOf(cause: unknown): string | undefined {
  return (cause as NodeJS.ErrnoException).code;
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function ifPresent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
