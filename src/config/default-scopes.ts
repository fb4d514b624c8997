import type { ResolvedCloud } from './clouds.js';
import type { ResolvedOAuth2 } from './resolved.js';
import type { CheckedDefinition } from './schema.js';

/** The scopes that a connection needs. */
export function defaultScopes(
  { protocol, user, mailbox }: CheckedDefinition,
  grant: ResolvedOAuth2['grant'],
  { exchangeResource, mailResource, graphResource }: ResolvedCloud,
): string[] {
  if (grant === 'client_credentials') return [`${protocol === 'graph' ? graphResource : exchangeResource}/.default`];
  if (protocol === 'ews') return [`${exchangeResource}/EWS.AccessAsUser.All`];
  if (protocol === 'imap') return [`${mailResource}/IMAP.AccessAsUser.All`, `${mailResource}/SMTP.Send`];
  // Those of shared mailboxes cover the user's own as well: https://learn.microsoft.com/graph/permissions-reference
  const shared = mailbox !== undefined && mailbox !== user ? '.Shared' : '';
  return [`${graphResource}/Mail.ReadWrite${shared}`, `${graphResource}/Mail.Send${shared}`];
}
