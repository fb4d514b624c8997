import { openTransport } from '../mail/open-transport.js';
import type { Folder, MailTransport } from '../mail/transport.js';
import type { Finding } from './leg.js';
import type { SignInPatient } from './patient.js';

export interface OpenMailbox {
  readonly transport: MailTransport;
  readonly inbox: Folder;
}

/** Opens the mailbox and reads where its Inbox stands. @throws AUTH_REFUSED, ACCESS_DENIED, EWS_DISABLED ... */
export async function openMailbox(
  { connection, ...surroundings }: SignInPatient,
  signal: AbortSignal,
): Promise<Finding<OpenMailbox>> {
  const transport = await openTransport(connection, surroundings);
  try {
    signal.throwIfAborted();
    const inbox = await transport.folder('inbox', { signal });
    await transport.position(inbox, { signal });
    const { address } = transport;
    return { detail: `${inbox.name} of ${address}`, facts: { address }, value: { transport, inbox } };
  } catch (error) {
    await transport[Symbol.asyncDispose]();
    throw error;
  }
}
