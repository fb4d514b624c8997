/**
 * The client's side of SOCKS, by hand: the library that is usual for it hands out what a server says early in an
 * event before anybody can listen, and tells failures apart by the words of its messages only.
 */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIPv4, isIPv6, type Socket } from 'node:net';
import type { Endpoint } from '../connection-error.js';
import type { Proxy } from './proxy.js';
import {
  brokenProxyError,
  longCredentialsError,
  lookupError,
  socksCredentialsError,
  socksReplyError,
} from './proxy-errors.js';

/**
 * Has a SOCKS proxy open a tunnel over a connection to it.
 * @throws PROXY, NETWORK where this machine has to look up the target's name, and can't
 */
export async function openSocksTunnel(socket: Socket, target: Endpoint, proxy: Proxy): Promise<void> {
  const talk = new Talk(socket, target, proxy);
  const isLookedUpHere = proxy.scheme === 'socks4' || proxy.scheme === 'socks5';
  const host = isLookedUpHere ? await addressOf(target, proxy) : target.host;
  await (proxy.scheme.startsWith('socks4') ? openSocks4(talk, host) : openSocks5(talk, host));
}

const connect = 1;

/** https://www.openssh.com/txt/socks4.protocol and https://www.openssh.com/txt/socks4a.protocol */
async function openSocks4(talk: Talk, host: string): Promise<void> {
  const { target, proxy } = talk;
  const user = Buffer.from(`${proxy.username}\0`);
  const address = isIPv4(host) ? [...octets(host)] : [0, 0, 0, 1];
  const name = isIPv4(host) ? '' : `${host}\0`;
  talk.say([4, connect, ...portOf(target), ...address], user, Buffer.from(name));
  const [version, reply] = await talk.hear(8);
  if (version !== 0) throw talk.notSocks();
  if (reply !== 0x5a) throw socksReplyError(target, proxy, reply);
}

/** RFC 1928 */
async function openSocks5(talk: Talk, host: string): Promise<void> {
  const { target, proxy } = talk;
  const methods = proxy.username ? [noAuthentication, usernamePassword] : [noAuthentication];
  talk.say([5, methods.length, ...methods]);
  const [version, method] = await talk.hear(2);
  if (version !== 5) throw talk.notSocks();
  if (method === usernamePassword) await authenticate(talk);
  else if (method !== noAuthentication) throw socksCredentialsError(target, proxy);
  talk.say([5, connect, 0], socks5Address(host), Buffer.from(portOf(target)));
  const [, reply, , type] = await talk.hear(4);
  if (reply !== 0) throw socksReplyError(target, proxy, reply);
  await talk.hear((await boundAddressLength(talk, type)) + 2);
}

const noAuthentication = 0;
const usernamePassword = 2;

/** RFC 1929 */
async function authenticate(talk: Talk): Promise<void> {
  const [user, password] = [Buffer.from(talk.proxy.username), Buffer.from(talk.proxy.password)];
  if (user.length > 255 || password.length > 255) throw longCredentialsError();
  talk.say([1, user.length], user, Buffer.from([password.length]), password);
  const [, status] = await talk.hear(2);
  if (status !== 0) throw socksCredentialsError(talk.target, talk.proxy);
}

const ipv4 = 1;
const domainName = 3;
const ipv6 = 4;

function socks5Address(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([ipv4, ...octets(host)]);
  if (isIPv6(host)) return Buffer.concat([Buffer.from([ipv6]), ipv6Octets(host)]);
  const name = Buffer.from(host);
  return Buffer.concat([Buffer.from([domainName, name.length]), name]);
}

async function boundAddressLength(talk: Talk, type: number | undefined): Promise<number> {
  if (type === domainName) return (await talk.hear(1))[0] ?? 0;
  return type === ipv6 ? 16 : 4;
}

function octets(address: string): number[] {
  return address.split('.').map(Number);
}

/** RFC 4291 section 2.2, in the form that the URL standard brings every address into. */
function ipv6Octets(address: string): Buffer {
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function portOf({ port }: Endpoint): number[] {
  return [port >> 8, port & 0xff];
}

async function addressOf(target: Endpoint, proxy: Proxy): Promise<string> {
  try {
    return (await lookup(target.host, proxy.scheme === 'socks4' ? 4 : 0)).address;
  } catch (error) {
    throw lookupError(target, proxy, error);
  }
}

/** What is said to the proxy, and heard from it, and no octet of what comes after. */
class Talk {
  readonly target: Endpoint;
  readonly proxy: Proxy;
  readonly #socket: Socket;

  constructor(socket: Socket, target: Endpoint, proxy: Proxy) {
    this.#socket = socket;
    this.target = target;
    this.proxy = proxy;
  }

  say(octetsOf: readonly number[], ...more: readonly Buffer[]): void {
    this.#socket.write(Buffer.concat([Buffer.from(octetsOf), ...more]));
  }

  async hear(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = size; missing > 0;) {
      // No more than is there: of what is left over, Node would tell again and again.
      const part = this.#socket.read(Math.min(missing, this.#socket.readableLength)) as Buffer | null;
      if (part) parts.push(part);
      else await this.#more();
      missing -= part?.length ?? 0;
    }
    return Buffer.concat(parts);
  }

  async #more(): Promise<void> {
    const told = new AbortController();
    const { signal } = told;
    try {
      if (this.#socket.readableEnded) throw hungUp();
      const end = once(this.#socket, 'end', { signal }).then(() => Promise.reject(hungUp()));
      await Promise.race([once(this.#socket, 'readable', { signal }), end]);
    } catch (error) {
      throw brokenProxyError(this.target, this.proxy, error);
    } finally {
      told.abort();
    }
  }

  notSocks(): Error {
    return brokenProxyError(this.target, this.proxy, new Error(`it does not speak ${this.proxy.scheme}`));
  }
}

function hungUp(): Error {
  return new Error('it hung up');
}
