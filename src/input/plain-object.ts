/** Fields that were written down, not the instance of a class: a message, a date, a regular expression, an array. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm has an Object.prototype of its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
