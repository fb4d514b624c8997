import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isExchangeError, type ExchangeError } from '../errors.js';
import { Agents, type Passenger } from './agents.js';
import { beginRequest } from './begin-request.js';
import { dial, type NetworkSettings } from './dial.js';
import { basicAuthorization } from './proxy/proxy.js';

/** An HTTP proxy on this machine, for one program. */
export interface ForwardingProxy extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Why a host could not be reached when it was last asked for. */
  failureOf(hostname: string): ExchangeError | undefined;
}

/**
 * Starts a proxy for a program that can't follow a connection's settings by itself, such as a browser: it
 * reaches every host as they decide.
 */
export async function startForwardingProxy(settings: NetworkSettings): Promise<ForwardingProxy> {
  const credentials = { username: 'playwright-exchange', password: randomBytes(24).toString('base64url') };
  const forwarder = new Forwarder(settings);
  const authorization = basicAuthorization(credentials);
  const isWelcome = ({ headers }: IncomingMessage): boolean => headers['proxy-authorization'] === authorization;
  const server = createServer((request, response) => {
    if (isWelcome(request)) forwarder.forward(request, response);
    else response.writeHead(407, { 'proxy-authenticate': realm }).end();
  });
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    forwarder.keep(client);
    if (isWelcome(request)) void forwarder.tunnel(request, client);
    else refuse(client, `407 Who are you?\r\nProxy-Authenticate: ${realm}`);
  });
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    ...credentials,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failureOf: (hostname) => forwarder.failures.get(hostname),
    async [Symbol.asyncDispose]() {
      forwarder.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const realm = 'Basic realm="playwright-exchange"';

class Forwarder {
  readonly failures = new Map<string, ExchangeError>();
  readonly #settings: NetworkSettings;
  readonly #agents: Agents;
  readonly #ends = new Set<Duplex>();

  constructor(settings: NetworkSettings) {
    this.#settings = settings;
    this.#agents = new Agents(settings);
  }

  /** Passes on a request for an `http:` URL: RFC 9112 section 3.2.2. */
  forward(request: IncomingMessage, response: ServerResponse): void {
    const { method, url: target = '' } = request;
    response.on('error', () => {});
    if (!URL.canParse(target) || !target.startsWith('http:')) return void response.writeHead(400).end();
    const url = new URL(target);
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers;
    const passenger: Passenger = { trail: {}, signal: whileOpen(response) };
    const options = { method, agent: this.#agents.agentFor(url), passenger };
    const forwarded = beginRequest(url, headers, options);
    forwarded.once('response', (answer) => {
      this.failures.delete(url.hostname);
      answer.on('error', () => response.destroy());
      answer.pipe(response.writeHead(asStatus(answer), answer.rawHeaders));
    });
    forwarded.on('error', (error) => {
      this.#note(url.hostname, error);
      response.destroy();
    });
    response.once('close', () => forwarded.destroy());
    request.pipe(forwarded);
  }

  /** Opens a tunnel: RFC 9110 section 9.3.6. */
  async tunnel(request: IncomingMessage, client: Duplex): Promise<void> {
    const authority = `http://${request.url}`;
    if (!URL.canParse(authority)) return refuse(client, '400 Bad Request');
    const { hostname, port } = new URL(authority);
    const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
    try {
      const { socket } = await dial({ ...this.#settings, ...target, signal: whileOpen(client) });
      this.failures.delete(hostname);
      this.keep(socket);
      client.write('HTTP/1.1 200 Connected\r\n\r\n');
      client.once('close', () => socket.destroy());
      socket.once('close', () => client.destroy());
      socket.pipe(client).pipe(socket);
    } catch (error) {
      this.#note(hostname, error);
      refuse(client, '502 Bad Gateway');
    }
  }

  /** Cuts an end when the proxy closes. Whoever resets it harms nobody else. */
  keep(end: Duplex): void {
    this.#ends.add(end);
    end.on('error', () => {});
    end.once('close', () => this.#ends.delete(end));
  }

  close(): void {
    this.#agents.close();
    for (const end of this.#ends) end.destroy();
  }

  #note(hostname: string, error: unknown): void {
    if (isExchangeError(error)) this.failures.set(hostname, error);
  }
}

/** Answers a request for a tunnel that is not opened. */
function refuse(client: Duplex, head: string): void {
  client.end(`HTTP/1.1 ${head}\r\nContent-Length: 0\r\n\r\n`);
}

/** Node reads statuses that it does not write. */
function asStatus({ statusCode: status = 0 }: IncomingMessage): number {
  return status >= 100 ? status : 502;
}

/** Aborts when whoever asked has gone. */
function whileOpen(end: Duplex | ServerResponse): AbortSignal {
  const gone = new AbortController();
  end.once('close', () => gone.abort());
  return gone.signal;
}
