import { createTransport } from 'nodemailer';
import { sandboxConnection } from '../dist/config/index.js';
import { openEwsLoop } from './by-hand/ews-loop.mjs';
import { openGraphLoop } from './by-hand/graph-loop.mjs';
import { openImapLoop } from './by-hand/imap-loop.mjs';
import { startDovecot } from './dovecot.mjs';
import { mail } from './mail.mjs';
import { startSandboxProcess } from './sandbox/start.mjs';

/** @typedef {import('playwright-exchange/config').ConnectionDefinition} ConnectionDefinition */
/** @typedef {import('./receiver.mjs').Receiver} Receiver */

/**
 * A server with mailboxes, and two ways to wait for mail in them.
 * @typedef {object} MailServer
 * @property {(user: string) => ConnectionDefinition} definition for this package
 * @property {(user: string) => Promise<Receiver>} openByHand
 * @property {(to: string, subject: string) => Promise<number>} deliver resolves with the time it was delivered
 * @property {(milliseconds: number) => void} [delayAnswers] puts it further away
 * @property {() => Promise<void>} close
 */

const host = '127.0.0.1';
const password = 'secret';
/** Milliseconds between two looks, for both: nothing is pushed over Graph. */
const interval = 20;

/** @returns {Promise<MailServer>} */
export async function ewsOnSandbox() {
  const sandbox = await startSandboxProcess();
  const url = `${sandbox.url}/EWS/Exchange.asmx`;
  return {
    definition: (user) => sandboxConnection({ protocol: 'ews', user, env: sandbox.env }),
    openByHand: (address) => openEwsLoop({ url, address, password }),
    ...steering(sandbox),
  };
}

/** @returns {Promise<MailServer>} */
export async function imapOnSandbox() {
  const sandbox = await startSandboxProcess();
  return {
    definition: (user) => sandboxConnection({ protocol: 'imap', user, env: sandbox.env }),
    openByHand: (address) => openImapLoop({ ...sandbox.imap, address, password }),
    ...steering(sandbox),
  };
}

/** @returns {Promise<MailServer>} */
export async function graphOnSandbox() {
  const sandbox = await startSandboxProcess();
  return {
    definition: (user) => ({
      ...sandboxConnection({ protocol: 'graph', user, env: sandbox.env }),
      pollIntervals: [interval],
    }),
    openByHand: (address) => openGraphLoop({ url: sandbox.url, address, interval }),
    ...steering(sandbox),
  };
}

/** @param {Pick<Required<MailServer>, 'deliver' | 'delayAnswers' | 'close'>} sandbox */
const steering = ({ deliver, delayAnswers, close }) => ({ deliver, delayAnswers, close });

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
