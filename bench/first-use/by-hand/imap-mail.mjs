import { createTransport } from 'nodemailer';
import { openImapLoop } from '../../by-hand/imap-loop.mjs';

/**
 * Mail over imapflow, mailparser and nodemailer.
 * @param {Record<string, string>} env
 */
export async function openMail(env) {
  const address = 'by-hand@contoso.com';
  const password = 'secret';
  const [imap, smtp] = ['IMAP', 'SMTP'].map((name) => new URL(`tcp://${env[`PLAYWRIGHT_EXCHANGE_SANDBOX_${name}`]}`));
  const loop = await openImapLoop({ ...serverOf(imap), address, password });
  return {
    ...loop,
    /** @param {{ to: string, subject: string, text: string }} message */
    async send(message) {
      const transport = createTransport({ ...serverOf(smtp), auth: { user: address, pass: password } });
      await transport.sendMail({ from: address, ...message });
      transport.close();
    },
  };
}

/** @param {URL | undefined} url */
function serverOf(url) {
  return { host: url?.hostname ?? '', port: Number(url?.port) };
}
