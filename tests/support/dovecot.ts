import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dovecotSettings, oauth2Settings, type DovecotAccount } from './dovecot-settings.js';
import { freePorts } from './free-ports.js';

/** A real IMAP server, with mailboxes for whoever signs in. */
export interface Dovecot extends AsyncDisposable {
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly lmtpPort: number;
  /** What it shows, PEM: issued by itself for 127.0.0.1 and localhost. */
  readonly tls: { readonly cert: string; readonly key: string };
  /** The password of every user. */
  readonly password: string;
  /** Puts messages into a user's inbox, past all protocols; with {@link maildir} only. */
  fill(user: string, sources: readonly string[]): Promise<void>;
  /** Gives the messages of a user's inbox new UIDs; with {@link maildir} only, and while it is stopped. */
  renumber(user: string): Promise<void>;
  /** Ends the processes that serve connections which are signed in. */
  endSessions(): Promise<void>;
  stop(): Promise<void>;
  /** Starts again on the same ports with the same mail. */
  start(): Promise<void>;
}

export interface DovecotOptions {
  /** Answers OAuth 2.0 introspection (RFC 7662) for the tokens that clients sign in with. */
  readonly introspectionUrl: string;
  /** Further settings, in the words of dovecot.conf. */
  readonly settings?: string;
}

/** A setting: mail lies in files that can be put there. Its locks make deliveries slow while somebody reads. */
export const maildir = 'mail_location = maildir:~/Maildir\n';

/** Whether it is installed. */
export function hasDovecot(): boolean {
  return (isInstalled ??= spawnSync('dovecot', ['--version']).status === 0);
}

let isInstalled: boolean | undefined;

export const dovecotMissing =
  'Dovecot is not installed: apt-get install --no-install-recommends dovecot-imapd dovecot-lmtpd';

/** Starts Dovecot in a folder of its own, as root or as anybody. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  if (!hasDovecot()) throw new Error(dovecotMissing);
  for (let attempt = 1; ; attempt++) {
    const folder = await mkdtemp(join(tmpdir(), 'dovecot-'));
    try {
      return await startIn(folder, options);
    } catch (error) {
      await remove(folder);
      // Another process may have been given one of the ports meanwhile.
      if (attempt === 3) throw error;
    }
  }
}

async function startIn(folder: string, options: DovecotOptions): Promise<Dovecot> {
  await chmod(folder, 0o755);
  const [imapPort, imapsPort, lmtpPort] = await freePorts(3);
  const ports = { imap: imapPort!, imaps: imapsPort!, lmtp: lmtpPort! };
  const tls = (certificate ??= await createCertificate(folder));
  await writeFile(join(folder, 'server.key'), tls.key);
  await writeFile(join(folder, 'server.crt'), tls.cert);
  const account = serverAccount();
  await mkdir(join(folder, 'mail'));
  // Whoever delivers there, which is not root.
  await chmod(join(folder, 'mail'), 0o777);
  await writeFile(join(folder, 'oauth2.ext'), oauth2Settings(options.introspectionUrl));
  await writeFile(
    join(folder, 'dovecot.conf'),
    dovecotSettings({ folder, ports, account, password }) + (options.settings ?? ''),
  );
  let master: ChildProcess | undefined;
  let filled = 0;

  async function start(): Promise<void> {
    // What a server that was killed left behind delays the first sign-in by seconds.
    await rm(join(folder, 'run'), { recursive: true, force: true });
    const server = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    master = server;
    let said = '';
    server.stderr.on('data', (text) => (said += text));
    // It writes this once it has its ports; before, somebody else might answer there.
    while (!existsSync(join(folder, 'run', 'master.pid'))) {
      if (server.exitCode !== null) throw new Error(`Dovecot ended with ${server.exitCode}: ${said.trim()}`);
      await sleep(5);
    }
  }
  async function stop(): Promise<void> {
    if (!master) return;
    const exited = once(master, 'exit');
    master.kill();
    master = undefined;
    await exited;
  }

  await start();
  return {
    imapPort: ports.imap,
    imapsPort: ports.imaps,
    lmtpPort: ports.lmtp,
    tls,
    password,
    async fill(user, sources) {
      const inbox = join(folder, 'mail', user, 'Maildir', 'new');
      await mkdir(inbox, { recursive: true });
      for (const [index, source] of sources.entries()) {
        await writeFile(
          join(inbox, `${Math.floor(Date.now() / 1000)}.M${index}P${process.pid}Q${filled++}.localhost`),
          source,
        );
      }
      if (account.isRoot)
        execFileSync('chown', ['-R', `${account.user}:${account.group}`, join(folder, 'mail')], { stdio: 'pipe' });
    },
    async renumber(user) {
      const inbox = join(folder, 'mail', user, 'Maildir');
      const names = (await readdir(inbox)).filter((name) => /^dovecot[.-](uidlist|uidvalidity|index)/.test(name));
      for (const name of names) await rm(join(inbox, name));
    },
    async endSessions() {
      for (const pid of await sessionsOf(master?.pid)) end(pid);
    },
    stop,
    start,
    async [Symbol.asyncDispose]() {
      await stop();
      await remove(folder);
    },
  };
}

const password = 'secret';

/** One for all, since each further one that is trusted costs its clients a tenth of a second. */
let certificate: Dovecot['tls'] | undefined;

async function createCertificate(folder: string): Promise<Dovecot['tls']> {
  const [key, cert] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost';
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-days', '2', '-subj', '/CN=localhost', '-addext', names];
  execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
}

/** Dovecot delivers no mail as root. */
function serverAccount(): DovecotAccount {
  const { uid, username } = userInfo();
  if (uid === 0) return { user: 'mail', group: 'mail', isRoot: true };
  return {
    user: username,
    group: execFileSync('id', ['-gn'], { encoding: 'utf8', stdio: 'pipe' }).trim(),
    isRoot: false,
  };
}

/** Processes that are on their way out may still write. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** The master's children that serve IMAP to who has signed in. */
async function sessionsOf(master: number | undefined): Promise<number[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(processes.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return states
    .map((state) => /^(\d+) \((.*)\) \S (\d+) /s.exec(state) ?? [])
    .filter(([, , command, parent]) => command === 'imap' && Number(parent) === master)
    .map(([, pid]) => Number(pid));
}

/** Not by force: a lock file that is left behind holds everybody up for a minute. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It ended by itself meanwhile.
  }
}
