import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server outside of the mail, and what it heard. */
export interface OutsideServer extends AsyncDisposable {
  readonly url: string;
  /** `GET /path`, in their order. */
  readonly requests: string[];
  /** The headers of the last request. */
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly connections: number;
}

const pages: Readonly<Record<string, { type: string; body: string | Buffer }>> = {
  '.png': { type: 'image/png', body: pixel() },
  '.css': { type: 'text/css', body: 'p { color: rgb(1, 2, 3); background: url(../from-style.png) }' },
  '': { type: 'text/html', body: '<title>Outside</title>' },
};

/** Serves a page, an image for what ends in `.png`, a style sheet for `.css`; `/to/...` redirects there. */
export async function serveOutside(): Promise<OutsideServer> {
  const requests: string[] = [];
  let connections = 0;
  let headers: NodeJS.Dict<string | string[]> = {};
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    requests.push(`${request.method} ${url}`);
    ({ headers } = request);
    if (url.startsWith('/to/')) return void response.writeHead(302, { location: url.slice('/to/'.length) }).end();
    const { type, body } = pages[/\.\w+$/.exec(url)?.[0] ?? ''] ?? pages['']!;
    response.writeHead(200, { 'content-type': type, 'set-cookie': 'from=outside' }).end(body);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get headers() {
      return headers;
    },
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One dot, black. */
export function pixel(): Buffer {
  const base64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return Buffer.from(base64, 'base64');
}
