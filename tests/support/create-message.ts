import { composeMessage } from '../../src/mail/message/compose.js';
import { Message } from '../../src/mail/message/message.js';
import type { OutgoingMessage } from '../../src/mail/message/outgoing.js';
import { parseMessage } from '../../src/mail/message/parse.js';
import type { MessageRef } from '../../src/mail/transport.js';

interface Actions {
  readonly send?: (message: OutgoingMessage) => void;
  /** The view's address, and the account's. */
  readonly own?: readonly string[];
}

/** A received message as the mail layer makes it, with nothing behind its actions but what is given. */
export async function createMessage(
  mail: OutgoingMessage & { readonly from: string },
  {
    head = '',
    ...actions
  }: Actions & {
    /** Header lines in front of the mail's own. */
    readonly head?: string;
  } = {},
): Promise<Message> {
  const { source } = await composeMessage(mail, { keepBcc: false });
  return readMessage(Buffer.concat([Buffer.from(head), source]), actions);
}

/** The same of a message as it is on the wire. */
export async function readMessage(source: Buffer, actions: Actions = {}): Promise<Message> {
  const none = async (): Promise<void> => {};
  return new Message(await parseMessage({ ref: {} as MessageRef, source }), {
    receivedAt: new Date(),
    source,
    ownAddresses: actions.own ?? ['qa@contoso.com'],
    send: async (message) => {
      actions.send?.(message);
      return { messageId: '<sent@contoso.com>', from: 'no-reply@contoso.com', to: [] };
    },
    delete: none,
    moveTo: none,
    markAsRead: none,
  });
}
