import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate } from '../../src/sandbox/server/certificate.js';
import { freePorts } from './free-ports.js';
import { isInstalled, startListening } from './listening-program.js';
import { proxyAddress } from './proxy-address.js';

/** A real HTTP proxy, with several doors; it connects from {@link proxyAddress}. */
export interface Squid extends AsyncDisposable {
  /** Lets everybody in. */
  readonly open: number;
  /** Lets in who gives {@link credentials}. */
  readonly guarded: number;
  /** Lets nobody through. */
  readonly closed: number;
  /** As `guarded`, over TLS. */
  readonly tls: number;
  /** Has issued the certificate that `tls` shows, PEM. */
  readonly ca: string;
  /** The user and the password, as they stand in a URL. */
  readonly credentials: string;
  /** What it writes: a line for each request, when it has ended. */
  log(): Promise<string>;
}

const [user, password] = ['ada', 'p@ss:word'];

/** Whether it is installed. */
export function hasSquid(): boolean {
  return isInstalled('squid', '-v');
}

export const squidMissing = 'Squid is not installed: apt-get install --no-install-recommends squid';

export async function startSquid(): Promise<Squid> {
  const folder = await mkdtemp(join(tmpdir(), 'squid-'));
  // As root it gives its rights up, and is somebody else then.
  await chmod(folder, 0o777);
  const [open = 0, guarded = 0, closed = 0, tls = 0] = await freePorts(4);
  const { ca, cert, key } = createCertificate();
  const files = {
    'squid.conf': settings(folder, { open, guarded, closed, tls }),
    users: `${user}:${createHash('md5').update(password).digest('hex')}\n`,
    'cert.pem': cert,
    'key.pem': key,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const program = await startListening('squid', ['-N', '-f', join(folder, 'squid.conf')], tls);
  return {
    open,
    guarded,
    closed,
    tls,
    ca,
    credentials: `${user}:${encodeURIComponent(password)}`,
    log: () => readFile(join(folder, 'access.log'), 'utf8'),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

type Ports = Pick<Squid, 'open' | 'guarded' | 'closed' | 'tls'>;

function settings(folder: string, { open, guarded, closed, tls }: Ports): string {
  return `
http_port 127.0.0.1:${open} name=open
http_port 127.0.0.1:${guarded} name=guarded
http_port 127.0.0.1:${closed} name=closed
https_port 127.0.0.1:${tls} name=tls tls-cert=${folder}/cert.pem tls-key=${folder}/key.pem
auth_param basic program /usr/lib/squid/basic_ncsa_auth ${folder}/users
acl open myportname open
acl guarded myportname guarded tls
acl known proxy_auth REQUIRED
http_access allow open
http_access allow guarded known
http_access deny all
tcp_outgoing_address ${proxyAddress}
cache deny all
access_log stdio:${folder}/access.log
cache_log ${folder}/cache.log
pid_filename ${folder}/squid.pid
coredump_dir ${folder}
shutdown_lifetime 0 seconds
`;
}
