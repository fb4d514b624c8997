import type { SMTPServerAuthentication, SMTPServerAuthenticationResponse } from 'smtp-server';
import type { AccessGrant, Tokens } from '../identity/tokens/tokens.js';

const audiences = ['https://outlook.office.com', 'https://outlook.office365.com'];

export interface AuthenticateRooms {
  readonly tokens: Tokens;
  /** The password of every user. */
  readonly password: string;
}

/** Answers AUTH: an access token that may send as the user, or the password. */
export function authenticate(
  auth: SMTPServerAuthentication,
  { tokens, password }: AuthenticateRooms,
): SMTPServerAuthenticationResponse {
  const user = auth.username?.toLowerCase();
  if (!user) return refusal;
  if (auth.method !== 'XOAUTH2') return auth.password === password ? { user } : refusal;
  const grant = tokens.verify(auth.accessToken ?? '');
  return grant && maySend(grant, user) ? { user } : challenge;
}

const refusal = { message: '5.7.3 Authentication unsuccessful', responseCode: 535 };

/** What XOAUTH2 tells the client before it fails: https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
const challenge = {
  data: { status: '401', schemes: 'bearer', scope: 'https://outlook.office.com/SMTP.Send' },
};

function maySend(grant: AccessGrant, user: string): boolean {
  if (!audiences.includes(grant.audience)) return false;
  if (grant.user === undefined) return grant.roles.includes('SMTP.SendAsApp');
  return grant.user === user && grant.scopes.includes('SMTP.Send');
}
