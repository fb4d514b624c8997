import { sandboxConnection } from 'playwright-exchange/config';
import { ConnectionPool } from '../../dist/fixtures/connection-pool.js';

const timeout = 60_000;

/**
 * Mail as the fixtures open it.
 * @param {Record<string, string>} env
 * @param {'ews' | 'imap' | 'graph'} protocol
 */
export async function openMail(env, protocol) {
  await import('playwright-exchange');
  const definition = sandboxConnection({ protocol, user: 'package@contoso.com', env });
  const polled = definition.protocol === 'graph' ? { ...definition, pollIntervals: [20] } : definition;
  const pool = new ConnectionPool(import.meta.dirname);
  const connection = await pool.open('bench', polled);
  const mailbox = await connection.mailbox(undefined, { timeout });
  return {
    address: mailbox.address,
    next: async () => (await mailbox.waitForMessage()).subject,
    /** @param {{ to: string, subject: string, text: string }} message */
    send: (message) => connection.send(message, { timeout }),
    close: () => pool[Symbol.asyncDispose](),
  };
}
