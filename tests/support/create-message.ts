import { composeMessage } from '../../src/mail/message/compose.js';
import { Message } from '../../src/mail/message/message.js';
import type { OutgoingMessage } from '../../src/mail/message/outgoing.js';
import { parseMessage } from '../../src/mail/message/parse.js';
import type { MessageRef } from '../../src/mail/transport.js';

/** A received message as the mail layer makes it, with nothing behind its actions but what is given. */
export async function createMessage(
  mail: OutgoingMessage & { readonly from: string },
  actions: {
    send?: (message: OutgoingMessage) => void;
    /** Header lines in front of the mail's own. */
    head?: string;
    /** The view's address, and the account's. */
    own?: readonly string[];
  } = {},
): Promise<Message> {
  const composed = await composeMessage(mail, { keepBcc: false });
  const source = Buffer.concat([Buffer.from(actions.head ?? ''), composed.source]);
  const none = async (): Promise<void> => {};
  return new Message(await parseMessage({ ref: {} as MessageRef, source }), {
    receivedAt: new Date(),
    source,
    ownAddresses: actions.own ?? ['qa@contoso.com'],
    send: async (message) => {
      actions.send?.(message);
      return { messageId: '<sent@contoso.com>', from: mail.from, to: [] };
    },
    delete: none,
    moveTo: none,
    markAsRead: none,
  });
}
