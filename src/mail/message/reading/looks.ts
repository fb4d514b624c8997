import { mergeDeclarations, presentational, readDeclarations } from './declarations.js';
import { lookOf, type Look } from './look.js';
import { StyleSheet } from './style-sheet.js';

type Attributes = Readonly<Record<string, string>>;

/** What stands above a word of a ruby to say how it is read is none of the line either. */
const unseen = new Set(
  'audio canvas datalist head iframe noframes object rp rt script style template title video'.split(' '),
);
const attributesThatMatter = ['style', 'class', 'id', 'bgcolor', 'background', 'color', 'hidden'];

/** How the elements of a body look. Mails repeat themselves: each combination is worked out once. */
export class Looks {
  readonly #sheet = new StyleSheet();
  readonly #known = new Map<Look, Map<string, Look>>();

  addStyleSheet(css: string): void {
    this.#sheet.add(css);
    this.#known.clear();
  }

  /** The look of an element within one of a given look. */
  of(outer: Look, name: string, attributes: Attributes): Look {
    const known = this.#known.get(outer) ?? new Map<string, Look>();
    this.#known.set(outer, known);
    // An attribute without a value is not one that is missing.
    const key = [name, ...attributesThatMatter.map((attribute) => attributes[attribute] ?? '\0')].join('\n');
    const look = known.get(key) ?? this.#workOut(outer, name, attributes);
    known.set(key, look);
    return look;
  }

  #workOut(outer: Look, name: string, attributes: Attributes): Look {
    if (unseen.has(name) || attributes['hidden'] !== undefined)
      return outer.isGone ? outer : { ...outer, isGone: true };
    const classes = attributes['class']?.split(/\s+/, 20) ?? [];
    const declarations = mergeDeclarations([
      presentational(attributes),
      ...this.#sheet.declarationsOf(name, attributes['id'] ?? '', classes),
      readDeclarations(attributes['style'] ?? ''),
    ]);
    const own = lookOf(outer, name, declarations);
    const look = this.#sheet.knowsBackgrounds ? own : { ...own, background: undefined };
    return isSame(look, outer) ? outer : look;
  }
}

function isSame(one: Look, other: Look): boolean {
  return (Object.keys(one) as (keyof Look)[]).every((field) => one[field] === other[field]);
}
