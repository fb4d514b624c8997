import { randomUUID } from 'node:crypto';
import { parseMail } from './parse-mail.js';
import { addresses } from './draft.js';
import { headerValues, withHeader, withoutHeader } from './mime-header.js';
import { deliver } from '../delivery/deliver.js';
import type { Account, MailStore } from '../store/store.js';

/**
 * Sends a message to everybody in its To, Cc and Bcc, and gives back its MIME as it was sent: with the
 * fields that a sending server adds, and still with `Bcc`, which no recipient gets to see.
 * Nothing is sent, and nothing given back, where there is no recipient, or one whose address is none.
 */
export async function submit(store: MailStore, account: Account, source: Buffer): Promise<Buffer | undefined> {
  const sent = complete(source, account);
  const mail = await parseMail(sent);
  const to = [mail.to, mail.cc, mail.bcc].flatMap((field) => addresses(field)).map(({ address }) => address);
  if (to.length === 0 || !to.every((address) => /^(?:[^\s@"]+|"(?:[^"\\]|\\.)+")@[^\s@]+$/.test(address)))
    return undefined;
  await deliver(store, { to, source: withoutHeader(sent, 'Bcc') });
  return sent;
}

/** Adds the fields that every sent message has, where they are missing. */
function complete(source: Buffer, account: Account): Buffer {
  const domain = account.address.slice(account.address.indexOf('@') + 1);
  const fields = {
    'MIME-Version': '1.0',
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${randomUUID()}@${domain}>`,
    From: account.address,
  };
  return Object.entries(fields).reduce(
    (result, [name, value]) => (headerValues(result, name).length > 0 ? result : withHeader(result, name, value)),
    source,
  );
}
