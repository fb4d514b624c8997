/** A server as a definition may write it: `imap.contoso.com` or `imap.contoso.com:1143`. */
export function splitHost(text: string): { readonly host: string; readonly port: number | undefined } {
  const [host = '', port] = text.split(':');
  return { host, port: port === undefined ? undefined : Number(port) };
}

const label = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?';
const serverName = new RegExp(`^${label}(?:\\.${label})*(?::\\d{1,5})?$`, 'i');

/** Whether a text is a host name or an IPv4 address, with or without a port. */
export function isServerName(text: string): boolean {
  const { port } = splitHost(text);
  return serverName.test(text) && (port === undefined || (port > 0 && port < 65_536));
}

/** Whether a definition's host is one that Autodiscover is to find. */
export function isAutodiscover(host: unknown): boolean {
  return typeof host === 'string' && host.trim().toLowerCase() === 'autodiscover';
}
