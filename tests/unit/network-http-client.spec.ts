import { expect, test } from '@playwright/test';
import type { ExchangeError } from '../../src/errors.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import type { Trail } from '../../src/network/dial.js';
import { certificate, serveHttp, serveHttps } from './network-servers.js';

const direct = { proxy: 'none', ca: [] };

function failure(promise: Promise<unknown>): Promise<ExchangeError> {
  return promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ExchangeError) => error,
  );
}

test('a request carries method, headers and body, and any status is an answer', async () => {
  await using server = await serveHttp(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.writeHead(418, { 'x-seen': [request.method, request.url, request.headers['x-one']].join(' ') });
    response.end(Buffer.concat(chunks));
  });
  const http = createHttpClient(direct);
  const answer = await http.request({
    method: 'POST',
    url: `${server.url}/a?b=c`,
    headers: { 'X-One': '1' },
    body: 'grüße',
  });
  expect(answer.status).toBe(418);
  expect(answer.headers['x-seen']).toBe('POST /a?b=c 1');
  expect(answer.body.toString()).toBe('grüße');
  http.close();
});

test('requests one after the other share a connection, which close() cuts', async () => {
  await using server = await serveHttp((_, response) => response.end('ok'));
  const http = createHttpClient(direct);
  await http.request({ method: 'GET', url: server.url });
  await http.request({ method: 'GET', url: server.url });
  expect(server.sockets.size).toBe(1);
  const [socket] = server.sockets;
  const closed = new Promise((resolve) => socket!.once('close', resolve));
  http.close();
  await closed;
});

for (const url of ['http://mail.contoso.com/', 'http://127.evil.example/', 'ftp://localhost/', 'nonsense']) {
  test(`${url} is refused before anything is sent`, async () => {
    const error = await failure(createHttpClient(direct).request({ method: 'GET', url }));
    expect(error.code).toBe('CONFIGURATION');
    expect(error.transient).toBe(false);
  });
}

test('a request tells whether it has left, for who must not send it twice', async () => {
  await using deaf = await serveHttp((request) => request.resume().on('end', () => request.socket.destroy()));
  const http = createHttpClient(direct);
  const trail: Trail = {};
  await failure(http.request({ method: 'POST', url: deaf.url, body: 'x', trail }));
  expect(trail.hasLeft).toBe(true);
  await failure(http.request({ method: 'POST', url: 'http://127.0.0.1:1', body: 'x', trail }));
  expect(trail.hasLeft).toBe(false);
  await using untrusted = await serveHttps((_, response) => response.end('ok'));
  await failure(http.request({ method: 'POST', url: untrusted.url, body: 'x', trail }));
  expect(trail.hasLeft).toBe(false);
  http.close();
});

test('a refused connection is a transient NETWORK error that names host and port', async () => {
  const server = await serveHttp(() => {});
  const { url, port } = server;
  await server[Symbol.asyncDispose]();
  const error = await failure(createHttpClient(direct).request({ method: 'GET', url: `${url}/x?secret=1` }));
  expect(error).toMatchObject({ code: 'NETWORK', transient: true });
  expect(error.message).toContain(`127.0.0.1:${port}`);
  expect(error.message).toContain('ECONNREFUSED');
  expect(error.message).not.toContain('secret');
});

test('an answer that breaks off is a transient NETWORK error', async () => {
  await using server = await serveHttp((request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => request.socket.destroy());
  });
  const error = await failure(createHttpClient(direct).request({ method: 'GET', url: server.url }));
  expect(error).toMatchObject({ code: 'NETWORK', transient: true });
});

test('no answer in time is a transient DEADLINE error, before the head and in the body', async () => {
  await using server = await serveHttp((request, response) => {
    if (request.url === '/body') response.write('half');
  });
  const http = createHttpClient(direct);
  for (const path of ['/head', '/body']) {
    const error = await failure(http.request({ method: 'GET', url: server.url + path, timeout: 50 }));
    expect(error).toMatchObject({ code: 'DEADLINE', transient: true });
    expect(error.message).toContain(`${server.url}${path} got no answer within 0.05 s`);
  }
  http.close();
});

test('an abort rejects with its own reason, before, during and in the body', async () => {
  let arrived = (): void => {};
  await using server = await serveHttp((request, response) => {
    if (request.url === '/body') response.write('half');
    arrived();
  });
  const http = createHttpClient(direct);
  const reason = new Error('the test is over');
  await expect(http.request({ method: 'GET', url: server.url, signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
  for (const path of ['/head', '/body']) {
    const controller = new AbortController();
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const pending = http.request({ method: 'GET', url: server.url + path, signal: controller.signal });
    await arrival;
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  }
  http.close();
});

test('a body above the limit is refused while it is read', async () => {
  await using server = await serveHttp((_, response) => {
    const chunk = Buffer.alloc(1000);
    (function more(): void {
      if (!response.destroyed) response.write(chunk, () => setImmediate(more));
    })();
  });
  const http = createHttpClient(direct);
  const error = await failure(http.request({ method: 'GET', url: server.url, maxBody: 5000 }));
  expect(error.code).toBe('PROTOCOL');
  expect(error.message).toContain('larger than 5000 octets');
  http.close();
});

test.describe('on a kept-alive connection that died', () => {
  /** Answers the first request of each connection, and cuts it at the second. */
  function serveOnceAConnection() {
    const served = new WeakSet();
    return serveHttp((request, response) => {
      request.resume();
      if (served.has(request.socket)) return void request.socket.destroy();
      served.add(request.socket);
      response.end('ok');
    });
  }

  test('a GET and a repeatable POST are sent again', async () => {
    await using server = await serveOnceAConnection();
    const http = createHttpClient(direct);
    await http.request({ method: 'GET', url: server.url });
    expect((await http.request({ method: 'GET', url: server.url })).status).toBe(200);
    const post = { method: 'POST', url: server.url, body: 'x', repeatable: true };
    expect((await http.request(post)).status).toBe(200);
    http.close();
  });

  test('any other POST is not', async () => {
    await using server = await serveOnceAConnection();
    const http = createHttpClient(direct);
    await http.request({ method: 'GET', url: server.url });
    const error = await failure(http.request({ method: 'POST', url: server.url, body: 'x' }));
    expect(error).toMatchObject({ code: 'NETWORK', transient: true });
    http.close();
  });
});

test('on a fresh connection nothing is sent twice', async () => {
  let requests = 0;
  await using server = await serveHttp((request) => {
    requests++;
    request.socket.destroy();
  });
  const error = await failure(createHttpClient(direct).request({ method: 'GET', url: server.url }));
  expect(error.code).toBe('NETWORK');
  expect(requests).toBe(1);
});

test.describe('a stream', () => {
  test('hands out the body as it comes, without a deadline, and ends with the answer', async () => {
    let answer: (() => void) | undefined;
    await using server = await serveHttp((_, response) => {
      response.write('one');
      answer = () => response.end('two');
    });
    const http = createHttpClient(direct);
    const stream = await http.stream({ method: 'GET', url: server.url, timeout: 1000 });
    const seen: string[] = [];
    for await (const chunk of stream.body) {
      seen.push(chunk.toString());
      if (seen.length === 1) answer?.();
    }
    expect(seen).toEqual(['one', 'two']);
    http.close();
  });

  test('that breaks throws NETWORK', async () => {
    await using server = await serveHttp((request, response) => {
      response.write('one', () => request.socket.destroy());
    });
    const stream = await createHttpClient(direct).stream({ method: 'GET', url: server.url });
    const error = await failure(drain(stream.body));
    expect(error).toMatchObject({ code: 'NETWORK', transient: true });
  });

  test('that is closed ends, and its connection with it', async () => {
    await using server = await serveHttp((_, response) => void response.write('one'));
    const stream = await createHttpClient(direct).stream({ method: 'GET', url: server.url });
    const [socket] = server.sockets;
    const closed = new Promise((resolve) => socket!.once('close', resolve));
    for await (const _ of stream.body) stream.close();
    await closed;
  });

  test('rejects with the reason of an abort', async () => {
    await using server = await serveHttp((_, response) => void response.write('one'));
    const controller = new AbortController();
    const http = createHttpClient(direct);
    const stream = await http.stream({ method: 'GET', url: server.url, signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(drain(stream.body)).rejects.toBe(reason);
  });
});

test.describe('over TLS', () => {
  test('a certificate of an unknown authority is refused, with advice on tls.ca', async () => {
    await using server = await serveHttps((_, response) => response.end('ok'));
    const error = await failure(createHttpClient(direct).request({ method: 'GET', url: server.url }));
    expect(error).toMatchObject({ code: 'NETWORK', transient: false });
    expect(error.message).toContain('tls.ca');
  });

  test('a certificate of an authority in ca is accepted', async () => {
    await using server = await serveHttps((_, response) => response.end('ok'));
    const http = createHttpClient({ proxy: 'none', ca: [certificate] });
    expect((await http.request({ method: 'GET', url: server.url })).status).toBe(200);
    http.close();
  });

  test('a certificate for another name is refused, with advice on the name', async () => {
    await using server = await serveHttps((_, response) => response.end('ok'));
    const http = createHttpClient({ proxy: 'none', ca: [certificate] });
    const error = await failure(http.request({ method: 'GET', url: `https://127.0.0.1:${server.port}` }));
    expect(error).toMatchObject({ code: 'NETWORK', transient: false });
    expect(error.message).toContain('host name');
  });

  test('a port that does not speak it is a NETWORK error that says so', async () => {
    await using server = await serveHttp((_, response) => response.end('ok'));
    const error = await failure(
      createHttpClient(direct).request({ method: 'GET', url: `https://localhost:${server.port}` }),
    );
    expect(error.code).toBe('NETWORK');
    expect(error.message).toContain('speaks TLS');
  });

  test('a ca that is no certificate is a CONFIGURATION error', () => {
    expect(() =>
      createHttpClient({ proxy: 'none', ca: ['-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----'] }),
    ).toThrow(/tls\.ca is no certificate/);
  });
});

async function drain(body: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of body);
}
