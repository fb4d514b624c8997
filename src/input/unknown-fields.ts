import { nearestName } from './nearest-name.js';

export interface FieldNames {
  /** What they are fields of: `a filter`. */
  readonly of: string;
  readonly known: readonly string[];
  /** Names that belong elsewhere, and where that is. */
  readonly elsewhere?: { readonly names: readonly string[]; readonly place: string };
}

/** A fault for each field that is none, symbols among them. */
export function unknownFields(value: object, { of, known, elsewhere }: FieldNames): string[] {
  return Reflect.ownKeys(value)
    .map(String)
    .filter((name) => !known.includes(name))
    .map((name) => {
      if (elsewhere?.names.includes(name)) return `${name} is not a field of ${of}: it belongs in ${elsewhere.place}`;
      const meant = nearestName(name, known);
      return `${name} is not a field of ${of}${meant ? `: did you mean ${meant}?` : `; there are ${known.join(', ')}`}`;
    });
}
