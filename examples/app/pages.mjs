import { html } from './html.mjs';

/**
 * @param {string} title
 * @param {unknown} body
 */
function page(title, body) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} - Contoso</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <nav aria-label="Main">
          <a href="/signup">Sign up</a> <a href="/signin">Sign in</a> <a href="/forgot">Forgot your password?</a>
          <a href="/contact">Contact us</a>
        </nav>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.toString();
}

export const signUpPage = () =>
  page(
    'Sign up',
    html`<form method="post" action="/signup">
      <label>Email <input name="email" type="email" autocomplete="email" required /></label>
      <label>Name <input name="name" autocomplete="name" /></label>
      <button>Sign up</button>
    </form>`,
  );

/** @param {string} email */
export const checkYourMailPage = (email) =>
  page(
    'Check your mail',
    html`<p>We have sent a link to <strong>${email}</strong>. Follow it to finish signing up.</p>
      <form method="post" action="/signup/resend">
        <input type="hidden" name="email" value="${email}" />
        <button>Resend</button>
      </form>`,
  );

export const signInPage = (message = '') =>
  page(
    'Sign in',
    html`<p role="status">${message}</p>
      <form method="post" action="/signin">
        <label>Email <input name="email" type="email" autocomplete="email" required /></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" /></label>
        <button>Sign in</button>
        <button formaction="/signin/send-code">Mail me a code instead</button>
      </form>`,
  );

/**
 * @param {string} email
 * @param {string} [message]
 */
export const enterCodePage = (email, message = '') =>
  page(
    'Enter your code',
    html`<p>We have sent a code to <strong>${email}</strong>.</p>
      <p role="status">${message}</p>
      <form method="post" action="/signin/code">
        <input type="hidden" name="email" value="${email}" />
        <label>Code <input name="code" inputmode="numeric" autocomplete="one-time-code" required /></label>
        <button>Continue</button>
      </form>`,
  );

/**
 * @param {import('./accounts.mjs').Account} account
 * @param {string} [message]
 */
export const accountPage = (account, message = '') =>
  page(
    account.name ? `Welcome, ${account.name}` : 'Welcome',
    html`<p>You are signed in as <strong>${account.email}</strong>.</p>
      <p role="status">${message}</p>
      <form method="post" action="/account/export"><button>Mail me my data</button></form>`,
  );

export const forgotPage = (message = '') =>
  page(
    'Forgot your password?',
    html`<p role="status">${message}</p>
      <form method="post" action="/forgot">
        <label>Email <input name="email" type="email" autocomplete="email" required /></label>
        <button>Send a reset link</button>
      </form>`,
  );

/** @param {string} secret */
export const resetPage = (secret) =>
  page(
    'Choose a new password',
    html`<form method="post" action="/reset">
      <input type="hidden" name="token" value="${secret}" />
      <label>New password <input name="password" type="password" autocomplete="new-password" required /></label>
      <button>Save</button>
    </form>`,
  );

export const contactPage = (message = '') =>
  page(
    'Contact us',
    html`<p role="status">${message}</p>
      <form method="post" action="/contact">
        <label>Your email <input name="email" type="email" autocomplete="email" required /></label>
        <label>Question <textarea name="question" rows="4" required></textarea></label>
        <button>Send</button>
      </form>`,
  );

/** @param {string} title */
export const errorPage = (title) => page(title, html`<p><a href="/signup">Back to the start</a></p>`);
