import type { AccessGrant, Tokens } from '../identity/tokens/tokens.js';
import { bearerToken, readBearer, readPlain } from '../server/sasl-response.js';

/** Who came in, or what to tell a client before it is turned away. */
export type SaslOutcome = { readonly user: string } | { readonly challenge: object | undefined };

export interface SaslRooms {
  readonly tokens: Tokens;
  /** The password of every user. */
  readonly password: string;
}

/** The mechanisms of AUTHENTICATE: each takes a client's response, decoded. */
export const mechanisms: Readonly<Record<string, (response: string, rooms: SaslRooms) => SaslOutcome>> = {
  /** RFC 4616; an authorization identity names the mailbox. */
  PLAIN(response, rooms) {
    const { mailbox, user, password } = readPlain(response);
    const outcome = checkPassword(user, password, rooms);
    return 'user' in outcome && mailbox ? { user: mailbox.toLowerCase() } : outcome;
  },
  /** https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
  XOAUTH2(response, rooms) {
    const { user, token } = readBearer(response);
    return checkToken(user, token, rooms);
  },
  /** RFC 7628 */
  OAUTHBEARER(response, rooms) {
    const user = /^n,a=([^,\x01]*),/.exec(response)?.[1]?.replaceAll('=2C', ',').replaceAll('=3D', '=');
    return checkToken(user, bearerToken(response), rooms);
  },
};

export function checkPassword(user: string, password: string, rooms: SaslRooms): SaslOutcome {
  const isKnown = isAddress(user) && password === rooms.password;
  return isKnown ? { user: user.toLowerCase() } : { challenge: undefined };
}

/** A user's token opens any mailbox, as if all were shared with everybody; so does an app's. */
function checkToken(user: string | undefined, token: string, { tokens }: SaslRooms): SaslOutcome {
  const grant = tokens.verify(token);
  if (grant && isAllowed(grant) && user && isAddress(user)) return { user: user.toLowerCase() };
  return { challenge: { status: grant ? '403' : '401', schemes: 'bearer', scope } };
}

const scope = 'https://outlook.office.com/IMAP.AccessAsUser.All';
const audiences = ['https://outlook.office.com', 'https://outlook.office365.com'];

function isAllowed({ audience, user, scopes, roles }: AccessGrant): boolean {
  if (!audiences.includes(audience)) return false;
  return user === undefined ? roles.includes('IMAP.AccessAsApp') : scopes.includes('IMAP.AccessAsUser.All');
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}
