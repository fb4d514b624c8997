import { mail } from './mail.mjs';

/**
 * Puts mails into a sandbox's mailboxes; resolves with the time each was there.
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @returns {(to: string, subject: string) => Promise<number>}
 */
export function deliverTo({ store }) {
  return async (to, subject) => {
    const source = mail(to, subject);
    const deliveredAt = performance.now();
    store.deliver({ to: [to], source });
    return deliveredAt;
  };
}
