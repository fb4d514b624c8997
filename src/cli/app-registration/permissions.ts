import type { App } from './app.js';

/** A permission by its name, and the service whose it is. */
export interface Permission {
  readonly name: string;
  readonly api: 'Microsoft Graph' | 'Office 365 Exchange Online';
  /** `delegated`: a person's; `application`: the app's own. */
  readonly kind: 'delegated' | 'application';
}

/** The application IDs of Microsoft's services, the same in every tenant. */
export const apiIds: Readonly<Record<Permission['api'], string>> = {
  'Microsoft Graph': '00000003-0000-0000-c000-000000000000',
  'Office 365 Exchange Online': '00000002-0000-0ff1-ce00-000000000000',
};

/**
 * What an app needs.
 * https://learn.microsoft.com/graph/permissions-reference,
 * https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
 */
export function permissionsOf({ protocol, grant, isShared }: App): readonly Permission[] {
  const kind = grant === 'client_credentials' ? 'application' : 'delegated';
  return names[kind][protocol].map((name) => ({
    name: isShared && protocol === 'graph' ? `${name}.Shared` : name,
    api: apiOf(protocol, kind),
    kind,
  }));
}

const names: Readonly<Record<Permission['kind'], Readonly<Record<App['protocol'], readonly string[]>>>> = {
  delegated: {
    graph: ['Mail.ReadWrite', 'Mail.Send'],
    imap: ['IMAP.AccessAsUser.All', 'SMTP.Send'],
    ews: ['EWS.AccessAsUser.All'],
  },
  application: {
    graph: ['Mail.ReadWrite', 'Mail.Send'],
    imap: ['IMAP.AccessAsApp', 'SMTP.SendAsApp'],
    ews: ['full_access_as_app'],
  },
};

/** A person's permissions of IMAP and SMTP are listed with Graph's. */
function apiOf(protocol: App['protocol'], kind: Permission['kind']): Permission['api'] {
  const isOfGraph = protocol === 'graph' || (protocol === 'imap' && kind === 'delegated');
  return isOfGraph ? 'Microsoft Graph' : 'Office 365 Exchange Online';
}
