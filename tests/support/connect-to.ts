import { Connection } from '../../src/mail/connection.js';
import type { MailTransport } from '../../src/mail/transport.js';

/** A connection over a transport that is open. What reads messages is loaded: the time of no wait goes into it. */
export async function connectTo(transport: MailTransport, addressing: 'plus' | 'plain'): Promise<Connection> {
  await import('../../src/mail/message/parse.js');
  return new Connection({ name: 'fake', addressing }, transport, { release: async () => {} });
}
