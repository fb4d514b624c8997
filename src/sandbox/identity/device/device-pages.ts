import { html } from '../../server/html.js';
import { signInPage } from '../sign-in/sign-in-pages.js';

/** Where a person enters the code that a device shows. */
export function userCodePage({ failed }: { readonly failed: boolean }): string {
  const alert = html`<p role="alert">That code didn't work. Check the code and try again.</p>`;
  return signInPage(
    'Enter code to allow access',
    html`<p>Once you enter the code displayed on your app or device, it will have access to your account.</p>
      ${failed ? alert : undefined}
      <form method="get">
        <label for="otc">Code</label>
        <input id="otc" name="otc" autocomplete="off" required autofocus />
        <div class="buttons"><button id="idSIButton9">Next</button></div>
      </form>`,
  );
}

export function deviceSignedInPage(clientId: string): string {
  return signInPage(
    clientId,
    html`<p>You have signed in to the ${clientId} application on your device. You may now close this window.</p>`,
  );
}

export function deviceDeclinedPage(clientId: string): string {
  return signInPage(clientId, html`<p>You have declined to sign in to ${clientId}. You may now close this window.</p>`);
}
