/** A server as a definition may write it: `imap.contoso.com` or `imap.contoso.com:1143`. */
export function splitHost(text: string): { readonly host: string; readonly port: number | undefined } {
  const [host = '', port] = text.split(':');
  return { host, port: port === undefined ? undefined : Number(port) };
}
