import { html, page, type Html } from '../../server/html.js';

/**
 * The pages that stand for Microsoft's sign-in. Fields and buttons bear the names and IDs of the
 * original's (`loginfmt`, `passwd`, `otc`, `idSIButton9`), so that a script that knows those finds its way.
 */

/** What a page needs to go on for a user who gave the right password. */
export interface SignInPage {
  readonly user: string;
  /** Proof of how far the user has come. */
  readonly flowToken: string;
}

/** `refusedBy` is the tenant that does not take the account that was given. */
export function accountPage(hint: string, { refusedBy }: { readonly refusedBy?: string } = {}): string {
  const [wrong, right] = refusedBy === 'organizations' ? [personal, ofWork] : [ofWork, personal];
  const alert = html`<p role="alert" id="usernameError">
    You can't sign in here with a ${wrong}. Use your ${right} instead.
  </p>`;
  return signInPage(
    'Sign in',
    html`${refusedBy === undefined ? undefined : alert}
      <form method="post">
        <label for="i0116">Email</label>
        <input id="i0116" name="loginfmt" type="email" value="${hint}" autocomplete="username" required autofocus />
        <div class="buttons"><button id="idSIButton9">Next</button></div>
      </form>`,
  );
}

/** Those who are signed in, and `other` for somebody else. */
export function pickAccountPage(users: readonly string[], other: string): string {
  return signInPage(
    'Pick an account',
    html`<form method="post">
      ${users.map(
        (user) => html`<button name="account" value="${user}" class="other" data-test-id="${user}">${user}</button>`,
      )}
      <button id="otherTile" name="account" value="${other}" class="other">Use another account</button>
    </form>`,
  );
}

const personal = 'personal account';
const ofWork = 'work or school account';

export function passwordPage(user: string, { failed }: { readonly failed: boolean }): string {
  const alert = html`<p role="alert" id="passwordError">
    Your account or password is incorrect. If you don't remember your password, reset it now.
  </p>`;
  return signInPage(
    'Enter password',
    html`${identity(user)} ${failed ? alert : undefined}
      <form method="post">
        <input type="hidden" name="loginfmt" value="${user}" />
        <label for="i0118">Password</label>
        <input id="i0118" name="passwd" type="password" autocomplete="current-password" required autofocus />
        <div class="buttons"><button id="idSIButton9">Sign in</button></div>
      </form>
      <form method="post"><button id="idBtn_Back" name="account" value="other" class="other">Back</button></form>`,
  );
}

export function secondFactorPage(step: SignInPage & { readonly failed: boolean }): string {
  const alert = html`<p role="alert" id="idSpan_SAOTCC_Error_OTC">
    You didn't enter the expected verification code. Please try again.
  </p>`;
  return signInPage(
    'Enter code',
    html`${identity(step.user)}
      <p>Please type in the code displayed on your authenticator app from your device.</p>
      ${step.failed ? alert : undefined}
      <form method="post">
        ${carry(step)}
        <label for="idTxtBx_SAOTCC_OTC">Code</label>
        <input id="idTxtBx_SAOTCC_OTC" name="otc" inputmode="numeric" autocomplete="one-time-code" required autofocus />
        <div class="buttons"><button id="idSubmit_SAOTCC_Continue">Verify</button></div>
      </form>`,
  );
}

/** Whether to remember the user beyond the end of the browser. */
export function staySignedInPage(step: SignInPage): string {
  return signInPage(
    'Stay signed in?',
    html`${identity(step.user)}
      <p>Do this to reduce the number of times you are asked to sign in.</p>
      <form method="post">
        ${carry(step)}
        <label class="check">
          <input id="KmsiCheckboxField" name="DontShowAgain" type="checkbox" value="true" /> Don't show this again
        </label>
        <div class="buttons">
          <button id="idBtn_Back" name="LoginOptions" value="3" class="other">No</button>
          <button id="idSIButton9" name="LoginOptions" value="1" autofocus>Yes</button>
        </div>
      </form>`,
  );
}

/** For an app on another device: the user may have been talked into entering its code. */
export function confirmPage(step: SignInPage & { readonly clientId: string }): string {
  return signInPage(
    `Are you trying to sign in to ${step.clientId}?`,
    html`${identity(step.user)}
      <p>Only continue if you downloaded the app from a store or website that you trust.</p>
      ${decision(step, { accept: 'Continue', cancel: 'Cancel' })}`,
  );
}

export interface ConsentPage extends SignInPage {
  readonly clientId: string;
  /** What the app wants to be allowed. */
  readonly permissions: readonly string[];
}

export function consentPage({ permissions, ...step }: ConsentPage): string {
  return signInPage(
    'Permissions requested',
    html`${identity(step.user)}
      <p>The app <strong>${step.clientId}</strong> would like to:</p>
      <ul>
        ${permissions.map((permission) => html`<li>${permission}</li>`)}
      </ul>
      <p>Accepting these permissions means that you allow this app to use your data.</p>
      ${decision(step, { accept: 'Accept', cancel: 'Cancel' })}`,
  );
}

/** A page of the sign-in, with its heading. */
export function signInPage(heading: string, content: Html): string {
  return page(
    'Sign in to your account',
    html`<p class="brand">Sandbox</p>
      <h1>${heading}</h1>
      ${content}
      <p><small>The sandbox of playwright-exchange, standing for Microsoft's sign-in</small></p>`,
  );
}

function identity(user: string): Html {
  return html`<p id="displayName" class="identity">${user}</p>`;
}

function carry({ flowToken }: SignInPage): Html {
  return html`<input type="hidden" name="flowToken" value="${flowToken}" />`;
}

function decision(step: SignInPage, labels: { readonly accept: string; readonly cancel: string }): Html {
  return html`<form method="post">
    ${carry(step)}
    <div class="buttons">
      <button id="idBtn_Back" name="decision" value="cancel" class="other">${labels.cancel}</button>
      <button id="idSIButton9" name="decision" value="accept" autofocus>${labels.accept}</button>
    </div>
  </form>`;
}
