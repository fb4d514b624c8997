/** What to do when a server refuses an access token; it rarely says why. */
export function oauthAdvice({ appOnly }: { readonly appOnly: boolean }): readonly string[] {
  const granted = appOnly
    ? [
        'give the app IMAP.AccessAsApp (and SMTP.SendAsApp to send), with the consent of an admin',
        'register the app in Exchange and give it the mailbox: New-ServicePrincipal, Add-MailboxPermission',
      ]
    : ['ask for the scopes IMAP.AccessAsUser.All (and SMTP.Send to send), and consent to them'];
  return [...granted, 'see whether user is right, and whether IMAP is switched on for the mailbox'];
}

/** What to do when a server refuses a user name and a password. */
export const passwordAdvice: readonly string[] = [
  'see whether user name and password are right, and whether IMAP is switched on for the mailbox',
  "Microsoft 365 takes no passwords any more: use auth: { type: 'oauth2', ... }",
];
