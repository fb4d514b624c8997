import { mail as mailSource } from '../mail.mjs';

/** @typedef {import('playwright-exchange/sandbox').StoredMessage} StoredMessage */

/**
 * What happens to the mail, and to the server.
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 */
export function createDeeds(sandbox) {
  const { store, faults } = sandbox;
  /** @type {StoredMessage[]} */
  const forOthers = [];

  /** @param {{ to: string, subject: string, folder?: 'inbox' | 'junkemail', agedMinutes?: number, anonymous?: boolean }} mail */
  function deliver({ to, subject, folder = 'inbox', agedMinutes = 0, anonymous = false }) {
    const source = anonymous ? withoutMessageId(mailSource(to, subject)) : mailSource(to, subject);
    const receivedAt = new Date(Date.now() - agedMinutes * 60_000);
    return store.deliver({ to: [to], source, folder, receivedAt });
  }

  /** @param {StoredMessage} message @param {'inbox' | 'junkemail'} role */
  const move = (message, role) => message.folder.move(message, message.folder.account.folder(role));

  return {
    deliver,
    /** For somebody else; some of it is deleted by somebody else. @param {{ to: string, subject: string }} mail */
    deliverToOthers(mail) {
      forOthers.push(...deliver(mail));
      const [old] = forOthers.length > 5 ? forOthers.splice(0, 1) : [];
      old?.folder.remove(old);
    },
    /** It lies in Junk Email first. @param {{ to: string, subject: string }} mail */
    deliverByJunk(mail) {
      for (const message of deliver({ ...mail, folder: 'junkemail' })) move(message, 'inbox');
    },
    /** It is moved away and back at once. @param {{ to: string, subject: string }} mail */
    deliverAndMoveAround(mail) {
      for (const message of deliver(mail)) move(move(message, 'junkemail'), 'inbox');
    },
    restart: () => sandbox.restart(),
    dropConnections: () => sandbox.dropConnections(),
    forgetSubscriptions: () => sandbox.forgetSubscriptions(),
    /** @param {Partial<typeof faults>} changes */
    faults: (changes) => void Object.assign(faults, changes),
    /** All access tokens are too old. */
    expireTokens: () => sandbox.clock.advance(3_600_000),
  };
}

/** @param {Buffer} source */
function withoutMessageId(source) {
  return Buffer.from(source.toString().replace(/^Message-ID: .*\r\n/m, ''));
}
