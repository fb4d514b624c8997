import { readToken } from '../../auth/read-token.js';
import { ExchangeError } from '../../errors.js';
import type { GraphAnswer } from './graph-answer.js';
import { failureOf, type Attempt } from './graph-errors.js';

export type Permission = 'Mail.ReadWrite' | 'Mail.Send';

/** How the connection got its access. */
export interface Access {
  /** The app itself signed in, no person. */
  readonly appOnly: boolean;
  /** The mailbox is not the signed-in user's own. */
  readonly isShared: boolean;
  /** Where an administrator grants what the app registration asks for. */
  readonly adminConsentUrl: string;
}

/** A 403: is the permission missing from the token, or does the mailbox not let the holder in? */
export function deniedError(
  attempt: Attempt & { readonly permission: Permission },
  answer: GraphAnswer,
  access: Access & { readonly token: string },
): ExchangeError {
  const claims = readToken(access.token);
  const held = claims && [...claims.scopes, ...claims.roles];
  const failure = failureOf(attempt, answer);
  const needed = access.isShared && !access.appOnly ? `${attempt.permission}.Shared` : attempt.permission;
  if (held && !held.includes(needed)) {
    const advice = [
      `the token holds ${held.join(', ') || 'no permission'}, and not ${needed}`,
      ...consentAdvice(access),
    ];
    return new ExchangeError('AUTH_CONSENT', `Consent: ${failure}`, { advice });
  }
  return new ExchangeError('ACCESS_DENIED', failure, { advice: accessAdvice(attempt, access) });
}

/** A folder that is not found in a shared mailbox: Graph also says so where nobody was let in. */
export function hiddenError(
  attempt: Attempt,
  answer: GraphAnswer,
  { error, access }: { readonly error: ExchangeError; readonly access: Access },
): ExchangeError {
  const advice = [...error.advice, ...accessAdvice({ ...attempt, permission: 'Mail.ReadWrite' }, access)];
  return new ExchangeError(error.code, failureOf(attempt, answer), { cause: error.cause, advice });
}

function consentAdvice({ appOnly, isShared, adminConsentUrl }: Access): string[] {
  const kind = appOnly ? 'application' : 'delegated';
  const suffix = isShared && !appOnly ? '.Shared' : '';
  const permissions = `Mail.ReadWrite${suffix} and Mail.Send${suffix}`;
  const add = `add the ${kind} permissions ${permissions} of Microsoft Graph to the app registration`;
  const grant = `an administrator grants them at ${adminConsentUrl}`;
  return appOnly
    ? [add, grant, exchangeGrants]
    : [`${add}, and authorise the connection again: the page asks for consent`, `or ${grant}`];
}

/** Exchange's own way of granting: the token says nothing of it. */
const exchangeGrants = `or, where Exchange grants them (RBAC for Applications), have this mailbox put into the app's scope`;

function accessAdvice({ mailbox, permission }: Attempt & { permission: Permission }, access: Access): string[] {
  if (access.appOnly) {
    return [
      `let the app into this mailbox: its RBAC for Applications scope, or its application access policy, may leave it out`,
      `an Exchange administrator sees it by: Test-ServicePrincipalAuthorization -Identity <clientId> -Resource ${mailbox}`,
    ];
  }
  const right = permission === 'Mail.Send' ? 'SendAs' : 'FullAccess';
  const command =
    right === 'SendAs'
      ? `Add-RecipientPermission ${mailbox} -Trustee <user> -AccessRights SendAs`
      : `Add-MailboxPermission ${mailbox} -User <user> -AccessRights FullAccess`;
  return access.isShared ? [`an Exchange administrator lets the signed-in user in by: ${command}`] : [];
}
