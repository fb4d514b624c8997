import type { SmtpRefusalCode } from '../faults.js';
import { reply, type Reply } from './reply.js';
import { hostMark, type SmtpSession } from './session.js';

/** What smtp.office365.com refuses, where in a session, and in which words. */
interface Refusal {
  readonly at: 'AUTH' | 'MAIL' | 'DATA';
  readonly code: number;
  readonly text: (session: SmtpSession) => string;
}

/**
 * https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off
 * https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission
 */
const refusals: Readonly<Record<SmtpRefusalCode, Refusal>> = {
  '5.7.57': { at: 'MAIL', code: 530, text: () => '5.7.57 Client not authenticated to send mail.' },
  '5.7.139': {
    at: 'AUTH',
    code: 535,
    text: () =>
      '5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
  },
  '5.7.60': {
    at: 'DATA',
    code: 550,
    text: () => '5.7.60 SMTP; Client does not have permissions to send as this sender',
  },
  '5.2.252': {
    at: 'DATA',
    code: 554,
    text: ({ user, transaction }) =>
      `5.2.252 SendAsDenied; ${user ?? 'anonymous'} not allowed to send as ${transaction?.from}; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception with message [BeginDiagnosticData]Cannot submit message. 0.35250:00000000[EndDiagnosticData]`,
  },
  '4.3.2': {
    at: 'DATA',
    code: 432,
    text: () =>
      '4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.',
  },
};

/** A refusal of smtp.office365.com's, in its words. */
export function refuse(name: SmtpRefusalCode, session: SmtpSession): Reply {
  const { at, code, text } = refusals[name];
  return reply(code, `${text(session)} ${at === 'DATA' ? hostMark : session.mark}`);
}

/** The refusal that was asked for, where it strikes at this place of a session. */
export function strikeRefusal(at: Refusal['at'], session: SmtpSession): Reply | undefined {
  const { faults } = session.rooms;
  const fault = faults.smtpRefusal;
  if (!fault || refusals[fault.code].at !== at || fault.times === 0) return undefined;
  if (fault.times !== undefined) fault.times--;
  return refuse(fault.code, session);
}
