import { Tokenizer, TokenizerMode, type Token } from 'parse5';

/** What an HTML document consists of, in its order. Its nesting is nobody's concern here, so that no depth of it costs anything. */
export interface HtmlTokens {
  start(name: string, attributes: readonly Token.Attribute[]): void;
  end(name: string): void;
  /** With its character references resolved, where it is not a style sheet or a script. */
  text(text: string): void;
  doctype?(token: Token.DoctypeToken): void;
}

/** In what the text of these elements is taken for: https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments */
const modes: Readonly<Record<string, Tokenizer['state']>> = {
  script: TokenizerMode.SCRIPT_DATA,
  plaintext: TokenizerMode.PLAINTEXT,
  ...Object.fromEntries(['title', 'textarea'].map((name) => [name, TokenizerMode.RCDATA])),
  ...Object.fromEntries(['style', 'xmp', 'iframe', 'noembed', 'noframes'].map((name) => [name, TokenizerMode.RAWTEXT])),
};

/** Takes HTML apart as browsers do. */
export function tokenizeHtml(html: string, tokens: HtmlTokens): void {
  const text = ({ chars }: Token.CharacterToken): void => tokens.text(chars);
  const tokenizer = new Tokenizer(
    {},
    {
      onStartTag({ tagName, attrs }) {
        if (Object.hasOwn(modes, tagName)) tokenizer.state = modes[tagName] ?? tokenizer.state;
        tokens.start(tagName, attrs);
      },
      onEndTag: ({ tagName }) => tokens.end(tagName),
      onCharacter: text,
      onWhitespaceCharacter: text,
      onDoctype: (token) => tokens.doctype?.(token),
      onComment() {},
      onNullCharacter() {},
      onEof() {},
    },
  );
  tokenizer.write(html, true);
}
