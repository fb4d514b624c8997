import { openConnection } from '../dist/mail/open-connection.js';

/**
 * Somebody who waits for mail.
 * @typedef {object} Receiver
 * @property {string} address where to have it sent
 * @property {() => Promise<string>} next resolves with the subject of the next mail once it is there, parsed
 * @property {() => Promise<void>} close
 */

/** Milliseconds; longer than any part takes. */
export const timeout = 600_000;

/**
 * This package's way: a view of a mailbox, with an address of its own.
 * @param {import('playwright-exchange/config').ConnectionDefinition} definition
 * @returns {Promise<Receiver>}
 */
export async function openReceiver(definition) {
  const connection = await openConnection('bench', definition, {});
  const mailbox = await connection.mailbox(undefined, { timeout });
  return {
    address: mailbox.address,
    next: async () => (await mailbox.waitForMessage()).subject,
    close: () => connection[Symbol.asyncDispose](),
  };
}
