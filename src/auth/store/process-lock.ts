import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatInterval = 2000;
/** Milliseconds without a heartbeat after which the owner is taken for dead. */
const staleAfter = 10_000;
const retryInterval = 50;
/** How systems say that a folder can't be renamed because its new name is taken. */
const isTaken = ['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])];

/**
 * Runs an action while no other process runs one under the same lock.
 *
 * The lock is a folder with one file in it, named after its owner, whose time is the owner's heartbeat. It
 * appears whole, by renaming; who takes over from a dead owner removes that owner's own file, so that of
 * several who try one succeeds, and nobody removes the lock of a living one.
 */
export async function withProcessLock<T>(lock: string, action: () => Promise<T>): Promise<T> {
  const owner = randomUUID();
  while (!(await acquire(lock, owner))) {
    await removeIfStale(lock);
    await sleep(retryInterval * (0.5 + Math.random()));
  }
  const file = join(lock, owner);
  const heartbeat = setInterval(() => void beat(file), heartbeatInterval);
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    await release(lock, owner);
  }
}

async function acquire(lock: string, owner: string): Promise<boolean> {
  const prepared = `${lock}.${owner}`;
  await mkdir(prepared, { mode: 0o700 });
  try {
    await writeFile(join(prepared, owner), '', { mode: 0o600 });
    await rename(prepared, lock);
    return true;
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    if (isTaken.includes(codeOf(error))) return false;
    throw error;
  }
}

async function removeIfStale(lock: string): Promise<void> {
  const [owner] = await readdir(lock).catch(() => []);
  const place = owner === undefined ? lock : join(lock, owner);
  const seen = await stat(place).catch(() => undefined);
  if (!seen || Date.now() - seen.mtimeMs < staleAfter) return;
  await release(lock, owner);
}

async function release(lock: string, owner: string | undefined): Promise<void> {
  try {
    if (owner !== undefined) await unlink(join(lock, owner));
    await rmdir(lock);
  } catch (error) {
    // Somebody else removed it, or has it by now.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
  }
}

async function beat(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
