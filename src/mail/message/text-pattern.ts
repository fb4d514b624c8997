/**
 * What a text must be like: a string is looked for anywhere in it, in any case, with white space folded;
 * a regular expression is tested against it.
 */
export type TextPattern = string | RegExp;

export function matchesText(text: string, pattern: TextPattern): boolean {
  if (typeof pattern === 'string') return fold(text).includes(fold(pattern));
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** As people read it in an error message. */
export function describePattern(pattern: TextPattern): string {
  return typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern);
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
