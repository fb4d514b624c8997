import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import { secureContext } from './certificates.js';
import { dial, type DialOptions, type NetworkSettings, type Trail } from './dial.js';

/** A request that waits for a connection. It goes with the request's options, which Node hands to the agent. */
export interface Passenger {
  readonly trail: Trail;
  readonly signal: AbortSignal;
}

/** Agents that dial for their connections, and keep them alive. */
export class Agents {
  readonly #settings: NetworkSettings;
  readonly #plain = new HttpAgent({ keepAlive: true });
  readonly #secure: HttpsAgent;
  readonly #closing = new AbortController();
  readonly #proxies = new WeakMap<Duplex, string | undefined>();

  /** @throws CONFIGURATION where `ca` holds something else than certificates */
  constructor(settings: NetworkSettings) {
    const context = secureContext(settings.ca);
    const trust = { rejectUnauthorized: true, ...(context && { secureContext: context }) };
    this.#settings = settings;
    this.#secure = new HttpsAgent({ keepAlive: true, ...trust });
    // Node's own puts TLS on a socket that it is given.
    const putTlsOn = this.#secure.createConnection.bind(this.#secure);
    this.#dialFor(this.#plain, 'http:', (_, socket) => socket);
    this.#dialFor(this.#secure, 'https:', (wanted, socket) => putTlsOn({ ...wanted, socket } as Wanted)!);
  }

  agentFor({ protocol }: URL): HttpAgent {
    return protocol === 'https:' ? this.#secure : this.#plain;
  }

  /** The proxy that a connection of theirs goes through, without its credentials. */
  proxyOf(socket: Duplex): string | undefined {
    return this.#proxies.get(socket);
  }

  /** Cuts all connections, those that are being made too. */
  close(): void {
    this.#closing.abort();
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #dialFor(agent: HttpAgent, protocol: Protocol, finish: (wanted: Wanted, socket: Duplex) => Duplex): void {
    const connect = callbackify(async (wanted: Wanted): Promise<Duplex> => {
      const { host, port, passenger } = wanted;
      const signal = AbortSignal.any([this.#closing.signal, passenger.signal]);
      const { socket, proxy } = await dial({
        ...this.#settings,
        host,
        port,
        protocol,
        signal,
        trail: passenger.trail,
      });
      const connection = finish(wanted, socket);
      this.#proxies.set(connection, proxy);
      return connection;
    });
    agent.createConnection = (wanted, done) => {
      connect(wanted as Wanted, done as Done);
      return undefined;
    };
  }
}

type Protocol = NonNullable<DialOptions['protocol']>;
type Wanted = ClientRequestArgs & { readonly host: string; readonly port: number; readonly passenger: Passenger };
type Done = (error: Error | null, socket: Duplex) => void;
