import type { LaunchOptions } from '@playwright/test';
import { startForwardingProxy, type ForwardingProxy } from '../../network/forwarding-proxy.js';
import { findWays, isLeftToTheSystem } from '../../network/proxy/find-ways.js';
import type { NetworkSettings } from '../../network/dial.js';

/**
 * Starts a proxy on this machine through which a browser reaches everything as a connection's settings decide:
 * by itself it knows no SOCKS password, no authority in `tls.ca`, no credentials for a PAC file. Nothing where
 * there are no settings: the browser then does as the system does.
 */
export async function startBrowserProxy(
  settings: NetworkSettings,
  login: string,
): Promise<ForwardingProxy | undefined> {
  if (isLeftToTheSystem(settings.proxy)) return undefined;
  // What is wrong with the settings is said before a window opens.
  await findWays(new URL(login), { ...settings, signal: AbortSignal.timeout(30_000) });
  return await startForwardingProxy(settings);
}

/** The launch options that lead a browser through it, to this machine too. */
export function browserProxy({ url, username, password }: ForwardingProxy): Pick<LaunchOptions, 'proxy'> {
  return { proxy: { server: url, bypass: '<-loopback>', username, password } };
}
