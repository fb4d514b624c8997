export interface BatchLimits {
  readonly count: number;
  /** What the sizes of a batch may add up to; a single larger one is a batch of its own. @default any */
  readonly size?: number;
}

/** Cuts a list into batches, in order. */
export function batches<T extends { readonly size?: number | undefined }>(
  list: readonly T[],
  { count, size: most = Infinity }: BatchLimits,
): T[][] {
  const cut: T[][] = [];
  let total = 0;
  for (const entry of list) {
    const { size = 0 } = entry;
    const batch = cut.at(-1);
    if (batch && batch.length < count && total + size <= most) {
      batch.push(entry);
      total += size;
    } else {
      cut.push([entry]);
      total = size;
    }
  }
  return cut;
}
