import { accountOf } from './context.js';
import { EwsError } from './ews-error.js';
import type { Caller } from './authenticate.js';
import { childElements, find, textOf, type XmlElement } from './xml.js';
import type { Account, MailStore } from '../store/store.js';

/** The account that a request works in: the one it impersonates, or the caller's own. */
export function workingAccount(store: MailStore, caller: Caller, header: XmlElement | undefined): Account {
  const impersonated = childElements(find(header, 'ExchangeImpersonation', 'ConnectingSID'))[0];
  if (impersonated) {
    if (!addresses.has(impersonated.name)) throw new EwsError('ErrorImpersonationFailed', { fault: true });
    return accountOf(store, textOf(impersonated).trim());
  }
  if (caller.user !== undefined) return store.account(caller.user);
  throw new EwsError('ErrorInvalidRequest', {
    fault: true,
    message: 'ExchangeImpersonation SOAP header must be present for this type of OAuth token.',
  });
}

const addresses = new Set(['PrimarySmtpAddress', 'SmtpAddress', 'PrincipalName']);
