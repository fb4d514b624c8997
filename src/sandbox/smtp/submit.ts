import { deliver } from '../delivery/deliver.js';
import { maxSentSize } from '../message/size-limits.js';
import { strikeRefusal } from './refusals.js';
import { reply, type Reply } from './reply.js';
import { hostMark, type SmtpSession, type Transaction } from './session.js';
import { stripBcc } from './strip-bcc.js';

/** Takes a mail that was handed in whole, and ends its transaction. */
export async function submit(session: SmtpSession, { to }: Transaction, source: Buffer): Promise<Reply> {
  const refused = strikeRefusal('DATA', session) ?? refuseLarge(session, source);
  session.transaction = undefined;
  if (refused) return refused;
  const { store } = session.rooms;
  await deliver(store, { to, source: stripBcc(source) });
  // Microsoft 365 keeps a copy of what a user submits.
  if (session.user !== undefined) {
    const sent = store.account(session.user).folder('sentitems');
    sent.add({ source, flags: ['\\Seen'] });
  }
  return reply(250, `2.0.0 OK ${hostMark}`);
}

/**
 * smtp.office365.com announces what Exchange Online takes at most, and its store refuses what a mailbox may not send. The words
 * are those of https://github.com/pankleks/pm2-health/issues/52, the code is RFC 3463's, which Exchange has for limits.
 */
function refuseLarge({ rooms, user }: SmtpSession, { length }: Buffer): Reply | undefined {
  if (!rooms.isExchange || user === undefined || length <= maxSentSize) return undefined;
  const why =
    'STOREDRV.Submission.Exception:MessageSubmissionExceededException.MapiExceptionMaxSubmissionExceeded; Failed to process message due to a permanent exception with message [BeginDiagnosticData]Cannot save changes made to an item to store. [EndDiagnosticData]';
  const what = '5.2.3 MapiExceptionMaxSubmissionExceeded; Message size exceeds maximum size limit.';
  return reply(554, `${what}; ${why} ${hostMark}`);
}
