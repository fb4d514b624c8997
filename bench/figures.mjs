/**
 * The value that a share of all lies at or below.
 * @param {readonly number[]} values
 * @param {number} share 0 to 1
 */
export function percentile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @param {readonly number[]} values */
export function median(values) {
  return percentile(values, 0.5);
}

/**
 * A table's row that sets one figure against another.
 * @param {string} label
 * @param {readonly [number, number]} figures
 * @param {{ unit?: string, digits?: number, atMost?: number }} [options] `atMost` is what the ratio should be at most
 */
export function ratioRow(label, [figure, other], { unit = '', digits = 0, atMost } = {}) {
  const ratio = figure / other;
  return [
    label,
    ...[figure, other].map((value) => `${value.toFixed(digits)}${unit}`),
    `× ${ratio.toFixed(2)}`,
    ...verdict(ratio, atMost),
  ];
}

/**
 * @param {number} value
 * @param {number} [atMost]
 * @param {string} [unit]
 */
export function verdict(value, atMost, unit = '') {
  if (atMost === undefined) return [];
  return [`${value <= atMost ? 'within' : 'BEYOND'} ${atMost}${unit}`];
}
