import type { Message } from '../../src/mail/message/message.js';

export function subjects(messages: readonly Message[]): string[] {
  return messages.map(({ subject }) => subject);
}
