/** What a property is compared and sorted by; a list where any of its members may match. */
export type Value = string | number | boolean | Date | Buffer | readonly string[] | undefined;

/** How a value is written as a text. Exchange writes times in whole seconds. */
export function writeValue(value: Exclude<Value, undefined | readonly string[]>): string {
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z');
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return String(value);
}

/** Orders two values of one kind; nothing comes before anything, and case makes no difference. */
export function compareValues(left: Value, right: Value): number {
  const [a, b] = [comparable(left), comparable(right)];
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

/** Reads a constant of a restriction as the kind of value that it is compared with. */
export function readConstant(text: string, like: Value): Value {
  if (typeof like === 'number') return Number(text);
  if (typeof like === 'boolean') return text === 'true' || text === '1';
  if (like instanceof Date) return new Date(text);
  return text;
}

function comparable(value: Value): string | number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'boolean' ? Number(value) : value.join('; ').toLowerCase();
}
