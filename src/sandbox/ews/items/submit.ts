import { maxSentSize } from '../../message/size-limits.js';
import { submit as submitMail } from '../../message/submit.js';
import type { Account, MailStore } from '../../store/store.js';
import { EwsError } from '../ews-error.js';

/** Sends a message, and gives back its MIME as it was sent. @throws EwsError ErrorInvalidRecipients, ErrorMessageSizeExceeded */
export async function submit(store: MailStore, account: Account, source: Buffer): Promise<Buffer> {
  if (source.length > maxSentSize) throw new EwsError('ErrorMessageSizeExceeded');
  const sent = await submitMail(store, account, source);
  if (!sent) throw new EwsError('ErrorInvalidRecipients');
  return sent;
}
