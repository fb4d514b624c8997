/** How values are written in answers (RFC 3501 section 9); one octet a character. */

/** A text, or NIL for none. */
export function nstring(text: string | undefined): string {
  return text === undefined ? 'NIL' : string(text);
}

/** A text, quoted where it can be, else as a literal. */
export function string(text: string): string {
  // NUL can stand in neither.
  const clean = text.replaceAll('\0', '');
  if (/[\r\n\x80-\xff]/.test(clean) || clean.length > 1000) return `{${clean.length}}\r\n${clean}`;
  return `"${clean.replace(/["\\]/g, '\\$&')}"`;
}

/** `(a b)` */
export function list(items: Iterable<string>): string {
  return `(${[...items].join(' ')})`;
}

/** `"17-Jul-1996 02:44:25 +0000"` */
export function dateTime(date: Date): string {
  const [, day, month, year, time] = /(\d\d) (\w{3}) (\d{4}) ([\d:]{8})/.exec(date.toUTCString()) ?? [];
  return `"${day}-${month}-${year} ${time} +0000"`;
}
