import { html, page } from '../../server/html.js';
import type { FailureBody } from '../failures/aadsts-error.js';
import { signInPage } from './sign-in-pages.js';

/** What is shown where nothing may be sent to the redirect URL, with what a user is to tell the administrator. */
export function errorPage(failure: FailureBody): string {
  const [text = ''] = failure.error_description.split(' Trace ID: ');
  const timestamp = failure.timestamp.replace(' ', 'T');
  return signInPage(
    'Sign in',
    html`<p role="alert">Sorry, but we're having trouble signing you in.</p>
      <p id="exceptionMessage">${text}</p>
      <h2>Troubleshooting details</h2>
      <p>If you contact your administrator, send this info to them.</p>
      <div id="details">
        <div>Request Id: ${failure.trace_id}</div>
        <div>Correlation Id: ${failure.correlation_id}</div>
        <div>Timestamp: ${timestamp}</div>
        <div>Message: ${text}</div>
      </div>`,
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
