import { distance } from './distance.js';

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
