export interface BatchLimits {
  readonly count: number;
  /** What the sizes of a batch may add up to; a single larger one is a batch of its own. */
  readonly size: number;
}

/** Cuts a list into batches, in order. */
export function batches<T extends { readonly size: number }>(list: readonly T[], limits: BatchLimits): T[][] {
  const cut: T[][] = [];
  let total = 0;
  for (const entry of list) {
    const batch = cut.at(-1);
    if (batch && batch.length < limits.count && total + entry.size <= limits.size) {
      batch.push(entry);
      total += entry.size;
    } else {
      cut.push([entry]);
      total = entry.size;
    }
  }
  return cut;
}
