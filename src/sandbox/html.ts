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
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center;
    background: light-dark(#f2f2f2, #1b1b1b); color: light-dark(#1b1b1b, #f2f2f2); }
  main { box-sizing: border-box; width: min(30rem, 100vw); padding: 2.5rem; background: light-dark(#fff, #262626); }
  h1 { font-size: 1.5rem; margin: 0 0 1rem; }
  label { display: block; }
  input { box-sizing: border-box; width: 100%; font: inherit; padding: .4rem; margin: .2rem 0 1rem; }
  button { font: inherit; padding: .4rem 1.6rem; margin-right: .5rem; }
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
