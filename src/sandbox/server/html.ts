/** Markup that needs no escaping any more. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | Html | readonly Html[] | undefined;

/** A template of markup: strings that are filled in are escaped, markup is not. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.reduce((markup, text, index) => markup + render(parts[index - 1]) + text));
}

const style = `
  :root { color-scheme: light dark; }
  body { font: 15px/1.4 'Segoe UI', system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid;
    place-items: center; background: light-dark(#f2f2f2, #1b1b1b); color: light-dark(#1b1b1b, #f2f2f2); }
  main { box-sizing: border-box; width: min(27.5rem, 100vw); padding: 2.75rem; background: light-dark(#fff, #262626);
    box-shadow: 0 2px 6px #0003; overflow-wrap: anywhere; }
  main:has(dl) { width: min(52rem, 100vw); }
  h1 { font-size: 1.5rem; font-weight: 600; line-height: 1.2; margin: .25rem 0 1rem; }
  h2 { font-size: 1rem; font-weight: 600; margin: 1.5rem 0 0; }
  .brand { font-size: 1.1rem; font-weight: 600; opacity: .7; margin: 0 0 1rem; }
  .identity { margin: 0 0 1rem; }
  label { display: block; }
  input { box-sizing: border-box; width: 100%; font: inherit; padding: .4rem 0; margin: .2rem 0 1rem; color: inherit;
    background: none; border: 0; border-bottom: 1px solid light-dark(#666, #aaa); }
  input:focus { outline: 0; border-bottom: 2px solid #0067b8; }
  input[type=checkbox] { width: auto; margin: 0 .3rem 0 0; }
  .buttons { display: flex; justify-content: flex-end; gap: .5rem; margin-top: 1rem; }
  button { font: inherit; min-width: 6.75rem; padding: .35rem .75rem; border: 1px solid #0067b8; background: #0067b8;
    color: #fff; cursor: pointer; }
  button.other { background: light-dark(#0003, #fff3); border-color: transparent; color: inherit; }
  button:focus-visible { outline: 2px solid light-dark(#000, #fff); outline-offset: 1px; }
  code, pre { overflow-wrap: anywhere; white-space: pre-wrap; }
  [role=alert] { color: light-dark(#b00020, #ff8a8a); }
  small { opacity: .7; }
`;

/** A whole page. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`.markup;
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escape(part);
  return part instanceof Html ? part.markup : part.map(({ markup }) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
