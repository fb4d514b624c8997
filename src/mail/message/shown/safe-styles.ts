import type { CSSToken } from '@csstools/css-tokenizer';

/** What stands for a reference to something outside of the mail; none where it is taken out. */
export type MapReference = (reference: string) => string | undefined;

/** Writes a style sheet, or the declarations of a `style` attribute, with its references mapped. */
export type WriteStyles = (css: string, map: MapReference) => string;

/** Functions whose strings are references. */
const referring = /^(?:url|src|(?:-webkit-)?image-set)$/i;

/** Without any of these there is nothing to map; most `style` attributes have none. */
const referenceOrMark = /[(@\\]|<!--|-->/;

/** Loads what reads CSS. */
export async function loadWriteStyles(): Promise<WriteStyles> {
  const { tokenizer, TokenType } = await import('@csstools/css-tokenizer');

  function write([type, text, , , data]: CSSToken, map: MapReference, place: Place): string {
    if (type === TokenType.URL) return `url(${quote(map(data.value) ?? '')})`;
    if (type === TokenType.String && place.isReference) return quote(map(data.value) ?? '');
    // They have no meaning in a style sheet, and one in HTML.
    return type === TokenType.CDO || type === TokenType.CDC ? '' : withoutTags(text);
  }

  function follow([type, , , , data]: CSSToken, place: Place): void {
    if (type === TokenType.Whitespace || type === TokenType.Comment) return;
    place.imports = type === TokenType.AtKeyword && data.value.toLowerCase() === 'import';
    if (type === TokenType.Function) place.open.push(data.value);
    else if (type === TokenType.OpenParen) place.open.push('');
    else if (type === TokenType.CloseParen) place.open.pop();
  }

  return (css, map) => {
    if (!referenceOrMark.test(css)) return withoutTags(css);
    const source = tokenizer({ css });
    const place = new Place();
    const written: string[] = [];
    while (!source.endOfFile()) {
      const token = source.nextToken();
      written.push(write(token, map, place));
      follow(token, place);
    }
    return written.join('');
  };
}

/** Where in a style sheet a token stands. */
class Place {
  /** The functions that stand open, by their names; other parentheses have none. */
  readonly open: string[] = [];
  /** Directly behind `@import`. */
  imports = false;

  /** Whether a string there is an address. */
  get isReference(): boolean {
    return this.imports || referring.test(this.open.at(-1) ?? '');
  }
}

function quote(text: string): string {
  const escaped = text.replace(/[\\"\n\r\f]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `);
  return withoutTags(`"${escaped}"`);
}

/** What a `<` might open within HTML is written as CSS escapes it; a comparison, as in `(width <= 600px)`, stays. */
function withoutTags(css: string): string {
  return css.replace(/<(?=[a-z/!?])/gi, '\\3c ');
}
