/** What `proxy` may be, for an error to say. */
export const proxyForms =
  `must be 'system', 'none', or a URL: http://, https://, socks4://, socks4a://, socks5:// or socks5h:// with host and ` +
  `port (user and password percent-encoded), or pac+http(s):// or pac+file:// with the address of a PAC file`;

const schemes = /^(https?|socks(4a?|5h?)?|pac\+(https?|file|data)):$/;

/** Whether a connection's `proxy` can be followed. */
export function isProxySetting(value: string): boolean {
  if (value === 'system' || value === 'none') return true;
  if (!URL.canParse(value)) return false;
  const { protocol, host, username, password } = new URL(value);
  return schemes.test(protocol) && (host !== '' || protocol.startsWith('pac+')) && isEncoded(username + password);
}

function isEncoded(text: string): boolean {
  return !/%(?![\da-f]{2})/i.test(text);
}
