import { createTransport } from 'nodemailer';
import { sandboxConnection } from '../dist/config/index.js';
import { openEwsLoop } from './by-hand/ews-loop.mjs';
import { openGraphLoop } from './by-hand/graph-loop.mjs';
import { openImapLoop } from './by-hand/imap-loop.mjs';
import { forkSandbox } from './chaos/remote-deeds.mjs';
import { startDovecot } from './dovecot.mjs';
import { mail } from './mail.mjs';

/** @typedef {import('playwright-exchange/config').ConnectionDefinition} ConnectionDefinition */
/** @typedef {import('./receiver.mjs').Receiver} Receiver */

/**
 * A server with mailboxes, and two ways to wait for mail in them.
 * @typedef {object} MailServer
 * @property {(user: string) => ConnectionDefinition} definition for this package
 * @property {(user: string) => Promise<Receiver>} openByHand
 * @property {(to: string, subject: string) => Promise<number>} deliver resolves with the time it was delivered
 * @property {(milliseconds: number) => Promise<unknown>} [delayAnswers] puts it further away
 * @property {() => Promise<void>} close
 */

const host = '127.0.0.1';
const password = 'secret';
/** Milliseconds between two looks, for both: nothing is pushed over Graph. */
const interval = 20;

/** @returns {Promise<MailServer>} */
export async function ewsOnSandbox() {
  const sandbox = await forkSandbox({});
  const url = `${sandbox.env['PLAYWRIGHT_EXCHANGE_SANDBOX']}/EWS/Exchange.asmx`;
  return {
    definition: (user) => sandboxConnection({ protocol: 'ews', user, env: sandbox.env }),
    openByHand: (address) => openEwsLoop({ url, address, password }),
    ...steering(sandbox),
  };
}

/** @returns {Promise<MailServer>} */
export async function imapOnSandbox() {
  const sandbox = await forkSandbox({});
  const { hostname, port } = new URL(`tcp://${sandbox.env['PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP']}`);
  return {
    definition: (user) => sandboxConnection({ protocol: 'imap', user, env: sandbox.env }),
    openByHand: (address) => openImapLoop({ host: hostname, port: Number(port), address, password }),
    ...steering(sandbox),
  };
}

/** @returns {Promise<MailServer>} */
export async function graphOnSandbox() {
  const sandbox = await forkSandbox({});
  const url = sandbox.env['PLAYWRIGHT_EXCHANGE_SANDBOX'] ?? '';
  return {
    definition: (user) => ({
      ...sandboxConnection({ protocol: 'graph', user, env: sandbox.env }),
      pollIntervals: [interval],
    }),
    openByHand: (address) => openGraphLoop({ url, address, interval }),
    ...steering(sandbox),
  };
}

/**
 * @param {import('./chaos/remote-deeds.mjs').RemoteDeeds} sandbox
 * @returns {Pick<Required<MailServer>, 'deliver' | 'delayAnswers' | 'close'>}
 */
function steering(sandbox) {
  return {
    deliver: (to, subject) => sandbox.order('deliver', { to, subject }),
    delayAnswers: (delay) => sandbox.order('faults', { delay }),
    close: () => sandbox.close(),
  };
}

/** @returns {Promise<MailServer>} */
export async function imapOnDovecot() {
  const dovecot = await startDovecot();
  const { imapPort: port, lmtpPort } = dovecot;
  const lmtp = createTransport({ host, port: lmtpPort, lmtp: true, ignoreTLS: true, pool: true, maxConnections: 1 });
  return {
    definition: (user) => ({
      protocol: 'imap',
      host,
      port,
      security: 'none',
      user,
      auth: { type: 'basic', password },
      addressing: 'plus',
      proxy: 'none',
    }),
    openByHand: (address) => openImapLoop({ host, port, address, password }),
    async deliver(to, subject) {
      await lmtp.sendMail({ envelope: { from: 'no-reply@contoso.com', to }, raw: mail(to, subject) });
      return performance.now();
    },
    async close() {
      lmtp.close();
      await dovecot[Symbol.asyncDispose]();
    },
  };
}
