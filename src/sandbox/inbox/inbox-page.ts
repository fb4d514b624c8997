import { html, type Html } from '../server/html.js';
import { addressesOf, controlSnippets, senderSnippets, specSnippets, type Settings, type Snippet } from './settings.js';

/** The page at the sandbox's address. Its scripts fill in all but how to connect, which can be read without them. */
export function inboxPage(settings: Settings): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Sandbox</title>
        <link rel="icon" href="/sandbox/page/icon.svg" />
        <link rel="stylesheet" href="/sandbox/page/page.css" />
        <link rel="stylesheet" href="/sandbox/page/mail.css" />
        <link rel="stylesheet" href="/sandbox/page/panels.css" />
        <script type="module" src="/sandbox/page/main.js"></script>
      </head>
      <body>
        <header class="bar">
          <h1><a href="#/">Sandbox</a></h1>
          <nav aria-label="Sections">
            <a href="#/">Mail</a>
            <a href="#/requests">Requests</a>
            <a href="#/faults">Faults <span id="fault-count" class="count" hidden></span></a>
            <a href="#/connect">Connect</a>
          </nav>
          <span id="live" role="status"></span>
          <button id="new-mail" type="button" class="primary">New mail</button>
        </header>
        <p id="problem" class="problem" role="alert" hidden></p>
        <main>
          <section id="mail" class="mail" aria-label="Mail" hidden>
            <div class="messages">
              <form role="search" class="finder">
                <select id="mailboxes" aria-label="Mailbox"></select>
                <input id="search" type="search" placeholder="Search" aria-label="Search" autocomplete="off" />
              </form>
              <ol id="messages" aria-label="Messages"></ol>
              <div id="no-messages" class="empty" hidden></div>
              <div class="foot">
                <span id="message-count"></span>
                <button id="more" type="button" hidden>Show older</button>
                <button id="clear" type="button">Delete all</button>
              </div>
            </div>
            <article id="reader" class="reader" aria-label="Message" tabindex="-1"></article>
          </section>
          <section id="requests" class="panel" aria-labelledby="requests-title" hidden>
            <h2 id="requests-title">Requests</h2>
            <p>The last 100 of every door, with their answers; secrets are left out.</p>
            <form class="finder">
              <select id="service" aria-label="Door"></select>
              <label><input id="failures" type="checkbox" /> Failures only</label>
              <button id="forget" type="button">Clear</button>
            </form>
            <ol id="exchanges" aria-label="Requests"></ol>
            <p id="no-exchanges" class="empty" hidden>Nothing came yet.</p>
          </section>
          <section id="faults" class="panel" aria-labelledby="faults-title" hidden>
            <h2 id="faults-title">Faults</h2>
            <p>What goes wrong on purpose, from the next request on. It strikes everybody who uses this sandbox.</p>
            <div id="fault-list"></div>
          </section>
          <section id="connect" class="panel" aria-labelledby="connect-title">${connectPanel(settings)}</section>
        </main>
        <dialog id="compose" aria-labelledby="compose-title"></dialog>
        <div id="announcer" class="hidden" aria-live="polite"></div>
      </body>
    </html>`.markup;
}

function connectPanel(settings: Settings): Html {
  const rows = Object.entries(addressesOf(settings)).map(
    ([name, address]) =>
      html`<dt>${name}</dt>
        <dd><code>${address}</code></dd>`,
  );
  return html`<h2 id="connect-title">Connect</h2>
    <p>
      A local stand-in for Microsoft's sign-in, Exchange Web Services, Microsoft Graph, IMAP and SMTP submission. Every
      address has a mailbox here, and nothing leaves this machine.
    </p>
    <h3>Your application sends here</h3>
    <p>
      Plain SMTP, without TLS, without a user and a password. For ports that stay the same:
      <code>sandboxServer({ smtpPort: 1025 })</code>, or <code>npx playwright-exchange sandbox --smtp-port 1025</code>.
    </p>
    <div class="snippets">${senderSnippets(settings).map(snippet)}</div>
    <h3>Your specs read here</h3>
    <div class="snippets wide">${specSnippets(settings).map(snippet)}</div>
    <h3>All addresses</h3>
    <dl class="addresses">${rows}</dl>
    <h3>Without JavaScript</h3>
    <div class="snippets wide">${controlSnippets(settings).map(snippet)}</div>`;
}

function snippet({ title, lines }: Snippet): Html {
  return html`<figure class="snippet">
    <figcaption>${title}</figcaption>
    <pre><code>${lines.join('\n')}</code></pre>
  </figure>`;
}
