/**
 * One part's figures.
 * @typedef {object} Table
 * @property {string} title
 * @property {readonly string[]} head what the columns are after the first, which names the rows
 * @property {readonly (readonly string[])[]} rows
 */

const gap = '   ';

/**
 * Columns of figures end below each other; the first column, and what is said at the end, begin below each other.
 * @param {Table} table
 */
export function formatTable({ title, head, rows }) {
  const all = [['', ...head], ...rows];
  const widths = Array.from({ length: head.length + 1 }, (_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  const lines = all.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(gap),
  );
  return [title, ...lines].map((line, index) => (index === 0 ? line : `  ${line}`)).join('\n');
}
