import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm, rmdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sleep } from '../../async/sleep.js';

const heartbeatInterval = 2000;
/** Milliseconds without a heartbeat after which the owner is taken for dead. */
const staleAfter = 10_000;
const retryInterval = 50;
/** Milliseconds that a living owner is waited for: more than a request for a token takes. */
const patience = 120_000;
/** How systems say that a folder can't be renamed because its new name is taken. */
const isTaken = ['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])];

/** A living owner does not come to an end. */
export class LockHeld extends Error {}

/**
 * A lock between processes. It is a folder with one file in it, named after its owner, whose time is the owner's
 * heartbeat. It appears whole, by renaming; who takes over from a dead owner removes that owner's own file, so that of
 * several who try one succeeds, and nobody removes the lock of a living one.
 *
 * What the owner has to write goes into that file, and becomes the target by renaming: an owner who stood still, and
 * was taken for dead, no longer has the file. proper-lockfile can't tell that; it removes locks by their path, so that
 * two who take over at once may both get in; and it waits for ever for a lock that is dated in the future.
 */
export class ProcessLock implements AsyncDisposable {
  readonly #folder: string;
  readonly #file: string;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(folder: string, owner: string) {
    this.#folder = folder;
    this.#file = join(folder, owner);
    this.#heartbeat = setInterval(() => void beat(this.#file), heartbeatInterval);
  }

  /** Waits until nobody else has it. @throws LockHeld, or what the file system says */
  static async acquire(folder: string): Promise<ProcessLock> {
    const owner = randomUUID();
    for (const end = Date.now() + patience; !(await enter(folder, owner));) {
      if (Date.now() > end) throw new LockHeld();
      await removeIfStale(folder);
      await sleep(retryInterval * (0.5 + Math.random()));
    }
    return new ProcessLock(folder, owner);
  }

  /**
   * Replaces a file by a text, whole, and gives the lock back; false, and the file stays as it is, where somebody else
   * has taken over.
   */
  async replace(file: string, text: string): Promise<boolean> {
    try {
      await writeFile(this.#file, text, { flag: 'r+', flush: true });
      await rename(this.#file, file);
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#heartbeat);
    // What can't be removed grows stale.
    await unlink(this.#file).catch(() => {});
    await rmdir(this.#folder).catch(() => {});
  }
}

async function enter(folder: string, owner: string): Promise<boolean> {
  const prepared = `${folder}.${owner}`;
  await mkdir(prepared, { mode: 0o700 });
  try {
    await writeFile(join(prepared, owner), '', { mode: 0o600 });
    await rename(prepared, folder);
    return true;
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    if (isTaken.includes(codeOf(error))) return false;
    throw error;
  }
}

/** Only what nobody has touched for long goes: the file of an owner who has just come in stays. */
async function removeIfStale(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const stale = await filterStale(names.map((name) => join(folder, name)));
  if (stale.length < names.length) return;
  if (names.length === 0 && !(await isStale(folder))) return;
  for (const path of stale) await rm(path, { recursive: true, force: true });
  await rmdir(folder).catch(ifInUse);
}

async function filterStale(paths: readonly string[]): Promise<string[]> {
  const stale: string[] = [];
  for (const path of paths) if (await isStale(path)) stale.push(path);
  return stale;
}

/** A time that is to come is no heartbeat either: the clock was set back, or is another one. */
async function isStale(path: string): Promise<boolean> {
  const seen = await lstat(path).catch(() => undefined);
  return seen !== undefined && Math.abs(Date.now() - seen.mtimeMs) >= staleAfter;
}

async function beat(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

/** Somebody else removed it, or has it by now. */
function ifInUse(error: NodeJS.ErrnoException): void {
  if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
