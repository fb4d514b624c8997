// What clients send to sign in, the same over IMAP and SMTP.

/** Reads a response of PLAIN (RFC 4616). */
export function readPlain(response: string): {
  readonly mailbox: string;
  readonly user: string;
  readonly password: string;
} {
  const [mailbox = '', user = '', password = ''] = response.split('\0');
  return { mailbox, user, password };
}

/** Reads a response of XOAUTH2: https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
export function readBearer(response: string): { readonly user: string | undefined; readonly token: string } {
  return { user: field(response, 'user')?.toLowerCase(), token: bearerToken(response) };
}

/** The token in a response of XOAUTH2 or OAUTHBEARER (RFC 7628). */
export function bearerToken(response: string): string {
  return /^bearer +(\S+)$/i.exec(field(response, 'auth') ?? '')?.[1] ?? '';
}

/** The value of a `name=value` that stands between octets of 1. */
function field(response: string, name: string): string | undefined {
  const found = response.split('\x01').find((each) => each.toLowerCase().startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
