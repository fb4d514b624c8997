import { reply, type Reply } from './reply.js';
import { hostName, type SmtpSession } from './session.js';

/** What Exchange Online takes at most, in octets. */
export const sizeLimit = 150 * 1024 * 1024;

/** What a client is met with. */
export function greeting({ rooms, id }: SmtpSession): Reply {
  if (!rooms.isExchange) return reply(220, `${hostName} ESMTP`);
  const now = new Date().toUTCString().replace('GMT', '+0000');
  return reply(220, `${hostName} Microsoft ESMTP MAIL Service ready at ${now} [${id}]`);
}

/** Answers EHLO with the extensions there are, in the order in which Exchange Online names them. */
export function extensions(session: SmtpSession): Reply {
  return reply(
    250,
    `${hostName} Hello [127.0.0.1]`,
    `SIZE ${sizeLimit}`,
    'PIPELINING',
    'DSN',
    'ENHANCEDSTATUSCODES',
    signIn(session),
    '8BITMIME',
    'BINARYMIME',
    'CHUNKING',
    'SMTPUTF8',
  );
}

/**
 * A relay for development offers no STARTTLS: a client that upgrades when it can would verify a certificate whose signer
 * it does not know.
 */
function signIn({ isStrict, connection }: SmtpSession): string {
  if (!isStrict) return 'AUTH LOGIN PLAIN XOAUTH2';
  return connection.isEncrypted ? 'AUTH LOGIN XOAUTH2' : 'STARTTLS';
}
