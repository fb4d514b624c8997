import { html, page } from '../server/html.js';

/** The page that says what the sandbox is; `addresses` are what to connect to, by what they are for. */
export function homePage(addresses: Readonly<Record<string, string>>): string {
  const rows = Object.entries(addresses).map(
    ([name, address]) =>
      html`<dt>${name}</dt>
        <dd><code>${address}</code></dd>`,
  );
  return page(
    'The sandbox of playwright-exchange',
    html`<h1>The sandbox of playwright-exchange</h1>
      <p>
        A local stand-in for Microsoft's sign-in, Exchange Web Services, Microsoft Graph, IMAP and SMTP submission.
        Every address has a mailbox here, and nothing leaves this machine.
      </p>
      <dl>${rows}</dl>
      <p>Put mail into a mailbox, or let something go wrong:</p>
      <pre>
POST /sandbox/deliver   {"to": "qa@contoso.com", "subject": "Hello", "text": "..."}
POST /sandbox/faults    {"token": {"code": 50173}}
POST /sandbox/identity  {"revoke": "qa@contoso.com"}</pre>`,
  );
}
