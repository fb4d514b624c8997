import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, rmdir, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResolvedConnection } from '../../config/resolved.js';

/** Milliseconds that a folder is kept of which nobody makes use. */
const keptFor = 24 * 3_600_000;

/**
 * A folder of this machine that all have in common who use a mailbox over the same protocol: the workers of a run, and
 * other runs. Nothing where there can be none, or where somebody else could write in it.
 */
export async function sharedFolder(connection: ResolvedConnection): Promise<string | undefined> {
  const user = process.getuid?.() ?? 'user';
  const root = join(tmpdir(), `playwright-exchange-${user}`);
  const folder = join(root, digest(whatIsShared(connection)));
  try {
    const isNew = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
    if (!(await isOwn(root))) return undefined;
    const now = new Date();
    await utimes(folder, now, now);
    if (isNew) await sweep(root, now);
    return folder;
  } catch {
    return undefined;
  }
}

/** Each run's sandbox is a server of its own. What somebody has yet to clean up stays. */
async function sweep(root: string, now: Date): Promise<void> {
  for (const name of await readdir(root)) {
    const folder = join(root, name);
    const stats = await lstat(folder).catch(() => undefined);
    if (!stats || now.getTime() - stats.mtimeMs < keptFor) continue;
    await rmdir(join(folder, 'handed-out')).catch(() => {});
    await rmdir(folder).catch(() => {});
  }
}

async function isOwn(folder: string): Promise<boolean> {
  const { mode, uid, isDirectory } = await lstat(folder).then((stats) => ({
    mode: stats.mode,
    uid: stats.uid,
    isDirectory: stats.isDirectory(),
  }));
  if (process.getuid === undefined) return isDirectory;
  return isDirectory && uid === process.getuid() && (mode & 0o077) === 0;
}

/** Limits are a mailbox's, and Graph's an app's at a mailbox. */
function whatIsShared(connection: ResolvedConnection): readonly string[] {
  const { protocol, mailbox, user, name, auth } = connection;
  const account = mailbox ?? user ?? `connection ${name}`;
  const app = auth.type === 'oauth2' ? auth.clientId : auth.username;
  return [protocol, serverOf(connection), account.toLowerCase(), app];
}

function serverOf(connection: ResolvedConnection): string {
  if (connection.protocol === 'imap') return `${connection.imap.host}:${connection.imap.port}`;
  return connection.protocol === 'graph' ? connection.url : connection.host;
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
