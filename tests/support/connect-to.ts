import { Connection } from '../../src/mail/connection.js';
import type { MailTransport } from '../../src/mail/transport.js';
// Loaded beforehand, so that the time of no wait goes into it.
import '../../src/mail/message/parse.js';

/** A connection over a transport that is open. */
export async function connectTo(transport: MailTransport, addressing: 'plus' | 'plain'): Promise<Connection> {
  return new Connection({ name: 'fake', addressing }, transport, async () => {});
}
