/**
 * The index of the first entry of which something holds, found without walking the list; its length where there is none.
 *
 * @param holds What holds of an entry holds of all after it
 */
export function firstIndex<T>(entries: readonly T[], holds: (entry: T) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(entries[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
