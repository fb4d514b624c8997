import type { App } from './app.js';
import type { Step } from './step.js';

/** An app alone: over IMAP it reaches no mailbox by itself, else all of the tenant or those that Exchange says. */
export function isLimitedInExchange({ grant, protocol }: App): boolean {
  return grant === 'client_credentials' && protocol !== 'imap';
}

/** Which mailboxes it reaches: an application permission alone reaches all of the tenant. */
export function mailboxes({ grant, protocol, mailbox, isShared }: App): Step | undefined {
  const failures = ['ACCESS_DENIED', 'MAILBOX_NOT_FOUND'] as const;
  if (grant !== 'client_credentials') {
    return isShared
      ? {
          title: `Give whoever signs in access to ${mailbox}`,
          ways: {
            exchange: [
              `Add-MailboxPermission -Identity ${mailbox} -User <who signs in> -AccessRights FullAccess`,
              `Add-RecipientPermission -Identity ${mailbox} -Trustee <who signs in> -AccessRights SendAs`,
            ],
          },
          failures,
          source: 'https://learn.microsoft.com/powershell/module/exchange/add-mailboxpermission',
        }
      : undefined;
  }
  if (protocol === 'imap') {
    return {
      title: `Let the app into ${mailbox}: over IMAP and SMTP it reaches no other`,
      ways: {
        exchange: [
          'New-ServicePrincipal -AppId $AppId -ObjectId $ObjectId -DisplayName mail-tests',
          `Add-MailboxPermission -Identity ${mailbox} -User $ObjectId -AccessRights FullAccess`,
        ],
      },
      failures: [...failures, 'AUTH_REFUSED'],
      source:
        'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth',
    };
  }
  const roles =
    protocol === 'graph' ? ['Application Mail.ReadWrite', 'Application Mail.Send'] : ['Application EWS.AccessAsApp'];
  return {
    title:
      'Limit it to the test mailboxes (RBAC for Applications), in place of 3 and 4: with these it reaches every mailbox',
    ways: {
      exchange: [
        'New-ServicePrincipal -AppId $AppId -ObjectId $ObjectId -DisplayName mail-tests',
        `Set-Mailbox ${mailbox} -CustomAttribute1 tests`,
        "New-ManagementScope -Name 'Test mailboxes' -RecipientRestrictionFilter \"CustomAttribute1 -eq 'tests'\"",
        ...roles.map(
          (role) => `New-ManagementRoleAssignment -App $AppId -Role '${role}' -CustomResourceScope 'Test mailboxes'`,
        ),
        `Test-ServicePrincipalAuthorization -Identity $AppId -Resource ${mailbox}`,
      ],
    },
    failures,
    source: 'https://learn.microsoft.com/exchange/permissions-exo/application-rbac',
  };
}

/** What of the protocol is switched off by default, or by policy. */
export function switches({ protocol, mailbox }: App): Step | undefined {
  if (protocol === 'imap') {
    return {
      title: 'Switch IMAP and SMTP AUTH on for the mailbox',
      ways: {
        exchange: [
          `Set-CASMailbox ${mailbox} -ImapEnabled $true -SmtpClientAuthenticationDisabled $false`,
          "Get-TransportConfig | Format-List SmtpClientAuthenticationDisabled   # the tenant's; the mailbox's own overrules it",
        ],
      },
      failures: ['AUTH_REFUSED', 'ACCESS_DENIED'],
      source:
        'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
    };
  }
  if (protocol !== 'ews') return undefined;
  return {
    title: 'Switch EWS on, and put the app on its allow list: it ends on 2027-04-01. Keep what is listed so far',
    ways: {
      exchange: [
        '# -EwsAllowedAppIDs writes the whole list anew. While EWS is on, only what is listed gets in. Up to 24 hours',
        '$listed = (Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy).EwsAllowedAppIDs',
        "$all = (@($listed) -split ',') + $AppId | ForEach-Object Trim | Where-Object { $_ } | Select-Object -Unique",
        "Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs ($all -join ',')",
      ],
    },
    failures: ['EWS_DISABLED'],
    source:
      'https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange',
  };
}

/** Addresses with a tag. */
export const plusAddressing: Step = {
  title: 'See that plus addressing is on, as it is by default: $false means on',
  ways: {
    exchange: [
      '# or https://admin.exchange.microsoft.com, Settings, Mail flow: "Turn off plus addressing ..." is not checked',
      'Get-OrganizationConfig | Format-List DisablePlusAddressInRecipients',
      'Set-OrganizationConfig -DisablePlusAddressInRecipients $false',
    ],
  },
  failures: [],
  source: 'https://learn.microsoft.com/exchange/recipients-in-exchange-online/plus-addressing-in-exchange-online',
};
