import { htmlAnswer, type Answer } from '../../server/answer.js';
import { html } from '../../server/html.js';
import type { IdentityRequest } from '../identity-request.js';
import { isWebAddress } from '../directory.js';
import { signInPage } from './sign-in-pages.js';

/**
 * Ends a session (OpenID Connect RP-Initiated Logout 1.0), and sends the user on to where the app wants them. The sandbox
 * keeps no sessions, so that there is nothing to forget.
 */
export function signOut({ query, form }: IdentityRequest): Answer {
  const given = (name: string) => form.get(name) ?? query.get(name);
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
