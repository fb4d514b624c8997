import { html, page } from '../html.js';

/**
 * The pages that stand for Microsoft's sign-in. Fields and buttons bear the names and IDs of the
 * original's (`loginfmt`, `passwd`, `idSIButton9`), so that a script that knows those finds its way.
 */

export function accountPage(hint: string): string {
  return page(
    'Sign in to your account',
    html`<h1>Sign in</h1>
      <form method="post">
        <label for="i0116">Email</label>
        <input id="i0116" name="loginfmt" type="email" value="${hint}" autocomplete="username" required autofocus />
        <button id="idSIButton9">Next</button>
      </form>
      ${imprint}`,
  );
}

export function passwordPage(user: string, failed: boolean): string {
  const alert = html`<p role="alert">
    Your account or password is incorrect. If you don't remember your password, reset it now.
  </p>`;
  return page(
    'Sign in to your account',
    html`<h1>Enter password</h1>
      <p>${user}</p>
      ${failed ? alert : undefined}
      <form method="post">
        <input type="hidden" name="loginfmt" value="${user}" />
        <label for="i0118">Password</label>
        <input id="i0118" name="passwd" type="password" autocomplete="current-password" required autofocus />
        <button id="idSIButton9">Sign in</button>
      </form>
      ${imprint}`,
  );
}

export interface ConsentPage {
  readonly user: string;
  readonly clientId: string;
  /** What the app wants to be allowed. */
  readonly permissions: readonly string[];
  /** Proof that the user has signed in. */
  readonly ticket: string;
}

export function consentPage({ user, clientId, permissions, ticket }: ConsentPage): string {
  return page(
    'Permissions requested',
    html`<h1>Permissions requested</h1>
      <p>${user}</p>
      <p>The app <strong>${clientId}</strong> would like to:</p>
      <ul>
        ${permissions.map((permission) => html`<li>${permission}</li>`)}
      </ul>
      <form method="post">
        <input type="hidden" name="ticket" value="${ticket}" />
        <button id="idSIButton9" name="decision" value="accept">Accept</button>
        <button id="idBtn_Back" name="decision" value="cancel">Cancel</button>
      </form>
      ${imprint}`,
  );
}

/** What is shown where nothing may be sent to the redirect URL. */
export function errorPage(text: string): string {
  return page(
    'Sign in to your account',
    html`<h1>Sign in</h1>
      <p role="alert">Sorry, but we're having trouble signing you in.</p>
      <p>${text}</p>
      ${imprint}`,
  );
}

/** Carries the answer to the redirect URL as a POST (OAuth 2.0 Form Post Response Mode). */
export function formPostPage(redirectUrl: string, fields: Readonly<Record<string, string>>): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return page(
    'Working...',
    html`<form method="post" name="hiddenform" action="${redirectUrl}">
        ${inputs}
        <noscript>
          <p>Script is disabled. Click Continue to go on.</p>
          <button>Continue</button>
        </noscript>
      </form>
      <script>
        document.forms[0].submit();
      </script>`,
  );
}

const imprint = html`<p><small>The sandbox of playwright-exchange, standing for Microsoft's sign-in</small></p>`;
