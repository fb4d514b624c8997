import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { isInstalled, startListening } from './listening-program.js';
import type { ReverseProxy } from './reverse-proxy.js';

/** Whether it is installed. */
export function hasNginx(): boolean {
  return isInstalled('nginx', '-v');
}

export const nginxMissing = 'nginx is not installed: apt-get install --no-install-recommends nginx';

/**
 * A real nginx in front of a port of this machine, with the settings that it comes with: answers are buffered, and
 * asked for with HTTP/1.0.
 * @param directives further ones of its `location`: `proxy_buffering off;`
 */
export async function startNginx(upstream: number, directives: readonly string[] = []): Promise<ReverseProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
  const [port = 0] = await freePorts(1);
  const file = join(folder, 'nginx.conf');
  await writeFile(file, settings(folder, { port, upstream, directives }));
  const program = await startListening('nginx', ['-e', join(folder, 'error.log'), '-c', file], port);
  return {
    port,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

function settings(
  folder: string,
  { port, upstream, directives }: { port: number; upstream: number; directives: readonly string[] },
): string {
  const stores = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${stores.join('\n  ')}
  client_max_body_size 0;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${upstream};
      ${directives.join('\n      ')}
    }
  }
}
`;
}
