import type { ImapFlowOptions } from 'imapflow';
import type { CallOptions } from '../transport.js';
import type { Credentials } from '../credentials.js';

type Auth = NonNullable<ImapFlowOptions['auth']>;

export interface AuthSettings {
  readonly credentials: Credentials;
  readonly address: string;
  /** The mailbox is not the user's own. */
  readonly isShared: boolean;
}

/**
 * What to sign in with. A token goes with the mailbox it is to open, a shared one too; with a password,
 * another's mailbox is asked for as the identity to act as (RFC 4616).
 */
export async function authOf(
  { credentials, address, isShared }: AuthSettings,
  options: CallOptions & { readonly renew: boolean },
): Promise<Auth> {
  if (credentials.type === 'bearer') return { user: address, accessToken: await credentials.token(options) };
  const { username: user, password: pass } = credentials;
  return isShared ? { user, pass, authzid: address, loginMethod: 'AUTH=PLAIN' } : { user, pass };
}
