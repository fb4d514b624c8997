import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { Queue } from '../queue.mjs';

/**
 * Waiting for mail over IMAP as one writes it for one project, straight on imapflow. What it leaves out: no
 * reconnect, no poll where IDLE tells of nothing, no OAuth, no proxy; other people's mail is fetched too; a message
 * that moved away and back comes twice, and a folder that is numbered anew is not noticed.
 * @param {{ host: string, port: number, address: string, password: string }} options
 * @returns {Promise<import('../receiver.mjs').Receiver>}
 */
export async function openImapLoop({ host, port, address, password }) {
  const client = new ImapFlow({
    host,
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: address, pass: password },
    logger: false,
  });
  client.on('error', () => {});
  await client.connect();
  let { uidNext: next } = await client.mailboxOpen('INBOX');
  /** @type {Queue<import('mailparser').ParsedMail>} */
  const mails = new Queue();
  let isDirty = false;
  let isReading = false;

  async function read() {
    if (isReading) return;
    isReading = true;
    while (isDirty) {
      isDirty = false;
      for (const { uid, source } of await client.fetchAll(`${next}:*`, { source: true }, { uid: true })) {
        if (uid < next || !source) continue;
        next = uid + 1;
        mails.push(await simpleParser(source));
      }
    }
    isReading = false;
    // Until the next command ends it.
    void client.idle();
  }

  client.on('exists', () => {
    isDirty = true;
    void read();
  });
  void client.idle();
  return {
    address,
    next: async () => (await mails.next()).subject ?? '',
    close: async () => client.close(),
  };
}
