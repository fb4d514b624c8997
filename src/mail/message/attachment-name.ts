/** How files are called that mails mostly carry without a name. */
const usualNames: Readonly<Record<string, string>> = {
  'text/calendar': 'invite.ics',
  'application/ics': 'invite.ics',
  'message/rfc822': 'message.eml',
  'message/global': 'message.eml',
  'message/delivery-status': 'delivery-status.txt',
  'message/disposition-notification': 'disposition-notification.txt',
  'text/rfc822-headers': 'headers.txt',
  'application/pgp-signature': 'signature.asc',
  'application/ms-tnef': 'winmail.dat',
};

/** The name that a mail program shows for an attachment: where the mail gives none, what such a file is mostly called. */
export function nameOf({ filename, contentType }: { readonly filename: string; readonly contentType: string }): string {
  return filename || (Object.hasOwn(usualNames, contentType) ? usualNames[contentType]! : '');
}
