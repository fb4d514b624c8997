import { htmlAnswer, type Answer } from '../../server/answer.js';
import { html } from '../../server/html.js';
import type { IdentityRequest } from '../identity-request.js';
import { isWebAddress } from '../directory.js';
import type { Sessions } from './sessions.js';
import { signInPage } from './sign-in-pages.js';

/** Ends a session (OpenID Connect RP-Initiated Logout 1.0), and sends the user on to where the app wants them. */
export function signOut(sessions: Sessions, request: IdentityRequest): Answer {
  const given = (name: string) => request.form.get(name) ?? request.query.get(name);
  sessions.end(request, given('logout_hint')?.toLowerCase());
  const next = given('post_logout_redirect_uri');
  if (!next || !isWebAddress(next)) return htmlAnswer(signedOutPage());
  const location = new URL(next);
  const state = given('state');
  if (state !== null) location.searchParams.set('state', state);
  return { status: 302, headers: { Location: location.href }, body: '' };
}

function signedOutPage(): string {
  return signInPage(
    'You signed out of your account',
    html`<p id="SignOutStatusMessage">It's a good idea to close all browser windows.</p>`,
  );
}
