import { resolveAddress } from '../links/address.js';

/** Schemes that show or run what the link itself says, or lead into this machine. */
const dead = new Set(['javascript:', 'vbscript:', 'data:', 'blob:', 'file:', 'filesystem:', 'about:', 'view-source:']);

/** A link's address as it is shown: a relative one starts from the base, where the mail names one. None for a dead link. */
export function safeLink(href: string, base: string | undefined): string | undefined {
  if (/^\s*(?:#|$)/.test(href)) return href;
  const address = resolveAddress(href, base);
  const isDead = address !== undefined && URL.canParse(address) && dead.has(new URL(address).protocol);
  return isDead ? undefined : address;
}
