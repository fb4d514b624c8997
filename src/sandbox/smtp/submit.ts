import { deliver } from '../delivery/deliver.js';
import { strikeRefusal } from './refusals.js';
import { reply, type Reply } from './reply.js';
import { hostMark, type SmtpSession, type Transaction } from './session.js';
import { stripBcc } from './strip-bcc.js';

/** Takes a mail that was handed in whole, and ends its transaction. */
export async function submit(session: SmtpSession, { to }: Transaction, source: Buffer): Promise<Reply> {
  const refused = strikeRefusal('DATA', session);
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
