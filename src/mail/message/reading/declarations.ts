/** CSS declarations by lower-case property; of one property the last, and the last `!important` one. */
export type Declarations = ReadonlyMap<string, Declaration>;

export interface Declaration {
  readonly value: string;
  readonly isImportant: boolean;
}

/** The declarations of a `style` attribute, or between the braces of a rule. */
export function readDeclarations(style: string): Declarations {
  const declarations = new Map<string, Declaration>();
  for (const part of style.split(';')) {
    const colon = part.indexOf(':');
    if (colon === -1) continue;
    const text = part.slice(colon + 1).toLowerCase();
    const value = text.replace('!important', '').trim();
    declare(declarations, part.slice(0, colon).trim().toLowerCase(), { value, isImportant: value !== text.trim() });
  }
  return declarations;
}

/** What older attributes say of the look. */
export function presentational(attributes: Readonly<Record<string, string>>): Declarations {
  const { bgcolor, background, color } = attributes;
  return readDeclarations(
    [bgcolor && `background-color:${bgcolor}`, background && 'background-image:url()', color && `color:${color}`].join(
      ';',
    ),
  );
}

/** Later declarations win over earlier ones, important ones over all others. */
export function mergeDeclarations(all: readonly Declarations[]): Declarations {
  const merged = new Map<string, Declaration>();
  for (const declarations of all) {
    for (const [property, declaration] of declarations) declare(merged, property, declaration);
  }
  return merged;
}

function declare(declarations: Map<string, Declaration>, property: string, declaration: Declaration): void {
  if (declarations.get(property)?.isImportant && !declaration.isImportant) return;
  declarations.set(property, declaration);
}
