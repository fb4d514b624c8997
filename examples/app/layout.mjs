import { html } from './html.mjs';

/** @typedef {ReturnType<typeof html>} Html */

/**
 * A mail as most are built: a column of its own, an image from the web, colours for the dark, a narrow form for phones.
 * @param {{ title: string, content: Html, home?: string }} mail
 */
export function layout({ title, content, home }) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          body {
            margin: 0;
            background: #eef1f5;
            color: #1b1b1b;
            font:
              16px/24px Arial,
              sans-serif;
          }
          .column {
            box-sizing: border-box;
            width: 600px;
            margin: 0 auto;
            padding: 32px;
            background: #ffffff;
          }
          img {
            display: block;
          }
          .button {
            display: block;
            width: 240px;
            padding: 12px 0;
            background: #0b57a4;
            color: #ffffff;
            text-align: center;
            text-decoration: none;
          }
          .footer a {
            color: #0b57a4;
          }
          @media (max-width: 620px) {
            .column {
              width: 100%;
            }
            .button {
              width: 100%;
            }
          }
          @media (prefers-color-scheme: dark) {
            body {
              background: #111111;
              color: #eeeeee;
            }
            .column {
              background: #1f1f1f;
            }
            .footer a {
              color: #9ecbff;
            }
          }
        </style>
      </head>
      <body>
        <div class="column">
          <img src="https://img.contoso.com/logo.png" alt="Contoso" width="120" height="40" />
          <h1>${title}</h1>
          ${content} ${home ? html`<p class="footer"><a href="${home}">Go to Contoso</a></p>` : ''}
        </div>
      </body>
    </html>`;
}
