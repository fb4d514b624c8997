import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { loopback } from '../server/listen.js';

/** Milliseconds in which whoever holds a folder says so; who is too busy to holds it all the same. */
const patience = 2000;

/** Who holds a folder, and where to ask whether it still does. */
interface Holder {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
}

/**
 * A folder that one process alone may use: its holder listens on a port of this machine, which ends with the process
 * however that ends. The number of a process would not do: it is given again.
 */
export class FolderLock {
  readonly #path: string;
  readonly #server: Server;

  private constructor(path: string, server: Server) {
    this.#path = path;
    this.#server = server;
  }

  /**
   * @param path the file that says who holds the folder
   * @returns the process that holds it, where that is not this one
   */
  static async take(path: string): Promise<FolderLock | { readonly pid: number }> {
    const name = randomUUID();
    const server = await listen(name);
    const { port } = server.address() as { port: number };
    for (;;) {
      if (claim(path, { name, port, pid: process.pid })) return new FolderLock(path, server);
      const holder = read(path);
      if (holder && (await isThere(holder))) {
        server.close();
        return { pid: holder.pid };
      }
      removeStale(path, holder);
    }
  }

  release(): void {
    rmSync(this.#path, { force: true });
    this.#server.close();
  }
}

function listen(name: string): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => {}).end(name)).unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, loopback, () => resolve(server));
  });
}

function claim(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Nothing where the file is gone, was cut short when its process was killed, or names no port. */
function read(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder | null;
    return holder && holder.port > 0 && holder.port < 65_536 ? holder : undefined;
  } catch {
    return undefined;
  }
}

async function isThere({ port, name }: Holder): Promise<boolean> {
  const socket = connect(port, loopback);
  socket.setTimeout(patience, () => socket.destroy(new Error('late')));
  try {
    return (await text(socket)) === name;
  } catch (error) {
    return (error as Error).message === 'late';
  }
}

/** Another process may have done so, and hold the folder by now: what is taken away has to be what was read. */
function removeStale(path: string, stale: Holder | undefined): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken?.name !== stale?.name) renameSync(aside, path);
  else rmSync(aside, { force: true });
}
