import type { LaunchOptions } from '@playwright/test';
import { proxyFor } from '../network/agents.js';

type ProxyOptions = Pick<LaunchOptions, 'proxy' | 'args'>;

/** The launch options that lead a browser through a connection's proxy, the sandbox on this machine too. */
export async function browserProxy(setting: string, login: string): Promise<ProxyOptions> {
  const proxy = await proxyFor(setting, new URL(login));
  if (!proxy) return {};
  if (proxy.startsWith('pac+')) return { args: [`--proxy-pac-url=${proxy.slice('pac+'.length)}`] };
  const { protocol, host, username, password } = new URL(proxy);
  return {
    proxy: {
      // A browser leaves names to the proxy with socks5 already.
      server: `${protocol.replace('socks5h', 'socks5')}//${host}`,
      bypass: '<-loopback>',
      ...(username && { username: decodeURIComponent(username), password: decodeURIComponent(password) }),
    },
  };
}
