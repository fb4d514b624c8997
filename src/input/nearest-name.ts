/** The name that was probably meant; nothing where none is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const text = written.slice(0, 40).toLowerCase();
  const begun = text.length > 2 ? names.find((name) => name.toLowerCase().startsWith(text)) : undefined;
  if (begun) return begun;
  const near = names
    .map((name) => ({ name, distance: distance(text, name.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= Math.max(1, candidate.name.length / 3))
    .toSorted((one, other) => one.distance - other.distance);
  return near[0]?.name;
}

/** How many characters have to be inserted, left out or replaced (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = row[column]! + (character === to[column] ? 0 : 1);
      next.push(Math.min(replaced, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
