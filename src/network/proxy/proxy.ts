import { ExchangeError } from '../../errors.js';

/** A proxy, as a URL or a PAC file names it. */
export interface Proxy {
  /** With socks4 and socks5 the target's name is looked up on this machine, with socks4a and socks5h by the proxy. */
  readonly scheme: Scheme;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export type Scheme = keyof typeof defaultPorts;

const defaultPorts = { http: 80, https: 443, socks4: 1080, socks4a: 1080, socks5: 1080, socks5h: 1080 };

/**
 * Reads a proxy's URL; `socks:` is `socks5h:`.
 * @throws CONFIGURATION, in words without the URL: it may hold a password
 */
export function parseProxy(text: string): Proxy {
  if (!URL.canParse(text)) throw notAProxy();
  const { protocol, hostname, port, username, password } = new URL(text);
  const name = protocol.slice(0, -1);
  const scheme = name === 'socks' ? 'socks5h' : name;
  if (!hostname || !isScheme(scheme)) throw notAProxy();
  return {
    scheme,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : defaultPorts[scheme],
    username: decode(username),
    password: decode(password),
  };
}

/** `http://host:port`: the proxy without its credentials. */
export function nameOf({ scheme, host, port }: Proxy): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** RFC 7617. Nothing where there are no credentials. */
export function basicAuthorization({ username, password }: Pick<Proxy, 'username' | 'password'>): string | undefined {
  if (!username && !password) return undefined;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Undoes percent-encoding. @throws CONFIGURATION, without the text */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ExchangeError('CONFIGURATION', `the proxy's user or password is not percent-encoded`, {
      advice: ['write % as %25, @ as %40, : as %3A and / as %2F'],
    });
  }
}

export function notAProxy(): ExchangeError {
  return new ExchangeError('CONFIGURATION', 'the proxy is not a URL that can be used', {
    advice: [
      'write it as http://host:port, https://, socks4://, socks4a://, socks5://, socks5h://, or pac+http(s):// or pac+file:// with the address of a PAC file',
      'it comes from the field proxy, or from HTTPS_PROXY, HTTP_PROXY or ALL_PROXY where that is not set',
    ],
  });
}

function isScheme(name: string): name is Scheme {
  return Object.hasOwn(defaultPorts, name);
}
