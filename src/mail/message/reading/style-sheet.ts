import { readDeclarations, type Declarations } from './declarations.js';

interface Rule {
  readonly name: string;
  readonly id: string;
  readonly classes: readonly string[];
  readonly specificity: number;
  readonly declarations: Declarations;
}

/** More rules than this, in all and for one class, ID or element, are a mistake or an attack. */
const maximalRules = 1_000;
const maximalRulesOfKey = 20;
const media = /^@media\s+(?:only\s+)?(?:screen|all)$/i;
const compound = /^([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)$/i;

/**
 * The rules of a mail's style sheets whose selector names an element, classes, an ID; as on a wide screen in
 * light colours. Other selectors are left alone: what they would do is not known here.
 */
export class StyleSheet {
  /** Whether every rule that sets a background is among those known here. */
  knowsBackgrounds = true;
  readonly #rules = new Map<string, Rule[]>();
  #count = 0;

  add(css: string): void {
    const blocks: string[] = [];
    for (const part of withoutComments(css).split(/(?<=[{}])/)) {
      const text = part.slice(0, -1).trim();
      if (part.endsWith('{')) {
        blocks.push(text.slice(text.lastIndexOf(';') + 1).trim());
      } else {
        const selectors = blocks.pop() ?? '';
        if (!selectors.startsWith('@') && blocks.every((block) => media.test(block))) this.#addRule(selectors, text);
      }
    }
  }

  /** What applies to an element, the strongest last. */
  declarationsOf(name: string, id: string, classes: readonly string[]): Declarations[] {
    if (this.#count === 0) return [];
    return [...classes.map((className) => `.${className}`), `#${id}`, name, '*']
      .flatMap((key) => this.#rules.get(key) ?? [])
      .filter((rule) => rule.name === '' || rule.name === name)
      .filter((rule) => rule.id === '' || rule.id === id)
      .filter((rule) => rule.classes.every((className) => classes.includes(className)))
      .toSorted((one, other) => one.specificity - other.specificity)
      .map(({ declarations }) => declarations);
  }

  #addRule(selectors: string, text: string): void {
    const declarations = readDeclarations(text);
    for (const part of selectors.split(',')) {
      const match = compound.exec(part.trim().replace(/^\*$/, ''));
      const isKnown = match && this.#addSelector(match[1] ?? '', match[2] ?? '', declarations);
      if (!isKnown && (declarations.has('background') || declarations.has('background-color'))) {
        this.knowsBackgrounds = false;
      }
    }
  }

  #addSelector(tag: string, rest: string, declarations: Declarations): boolean {
    const name = tag.toLowerCase();
    const parts = rest.match(/[.#][\w-]+/g) ?? [];
    const classes = parts.filter((part) => part.startsWith('.')).map((part) => part.slice(1));
    const id = parts.find((part) => part.startsWith('#'))?.slice(1) ?? '';
    const key = classes[0] ? `.${classes[0]}` : id ? `#${id}` : name || '*';
    const rules = this.#rules.get(key) ?? [];
    if (this.#count >= maximalRules || rules.length >= maximalRulesOfKey) return false;
    const specificity = (id ? 100 : 0) + classes.length * 10 + (name ? 1 : 0);
    rules.push({ name, id, classes, specificity, declarations });
    this.#rules.set(key, rules);
    this.#count++;
    return true;
  }
}

function withoutComments(css: string): string {
  const [first = '', ...rest] = css.replace(/<!--|-->/g, '').split('/*');
  return rest.reduce((text, part) => (part.includes('*/') ? text + part.slice(part.indexOf('*/') + 2) : text), first);
}
