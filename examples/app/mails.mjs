import { createTransport } from 'nodemailer';
import { html } from './html.mjs';
import { layout } from './layout.mjs';

const sender = { name: 'Contoso', address: 'noreply@contoso.com' };
const support = 'support@contoso.com';

/** @typedef {ReturnType<typeof html>} Html */

/** The mails that the application sends. */
export class Mails {
  #transport;

  /** @param {string} smtp the mail server: `smtp://host:port` */
  constructor(smtp) {
    this.#transport = createTransport(smtp, { from: sender });
  }

  /**
   * @param {import('./accounts.mjs').Account} account
   * @param {string} link
   */
  verification({ email, name }, link) {
    const greeting = greet(name);
    return this.#send(email, {
      subject: 'Verify your email address',
      text: `${greeting},\n\nplease confirm that this is your address:\n${link}\n\nThe link works once.`,
      html: html`<p>${greeting},</p>
        <p>please confirm that this is your address:</p>
        <p><a class="button" href="${link}">Verify my address</a></p>
        <p>The link works once.</p>`,
      home: new URL('/signin', link).href,
    });
  }

  /**
   * @param {string} email
   * @param {string} code
   */
  oneTimeCode(email, code) {
    return this.#send(email, {
      subject: 'Your sign-in code',
      text: `Your code is ${code}.\n\nIf you did not ask for it, you can ignore this mail.`,
      html: html`<p>Your code is <strong>${code}</strong>.</p>
        <p>If you did not ask for it, you can ignore this mail.</p>`,
    });
  }

  /**
   * @param {import('./accounts.mjs').Account} account
   * @param {string} link
   */
  passwordReset({ email, name }, link) {
    const greeting = greet(name);
    return this.#send(email, {
      subject: 'Reset your password',
      text: `${greeting},\n\nchoose a new password here:\n${link}`,
      html: html`<p>${greeting},</p>
        <p><a href="${link}">Choose a new password</a></p>`,
    });
  }

  /** @param {import('./accounts.mjs').Account} account */
  dataExport({ email, name, verified }) {
    return this.#send(email, {
      subject: 'Your data',
      text: 'All that we know about you is in the attached file.',
      html: html`<p>All that we know about you is in the attached file.</p>`,
      attachments: [
        {
          filename: 'account.csv',
          contentType: 'text/csv; charset=utf-8',
          content: `email,name,verified\r\n${email},${name},${verified}\r\n`,
        },
      ],
    });
  }

  /**
   * @param {string} email who asks, and gets the answer
   * @param {string} question
   */
  contactRequest(email, question) {
    return this.#send(support, {
      subject: `Question from ${email}`,
      replyTo: email,
      text: question,
      html: html`<p>${question}</p>`,
    });
  }

  /**
   * @param {string} to
   * @param {Omit<import('nodemailer').SendMailOptions, 'html'> & { html: Html, subject: string, home?: string }} mail
   */
  async #send(to, { html: content, home, ...mail }) {
    const page = layout({ title: mail.subject, content, ...(home && { home }) });
    await this.#transport.sendMail({ to, ...mail, html: page.toString() });
  }
}

/** @param {string} name */
function greet(name) {
  return name ? `Hello ${name}` : 'Hello';
}
