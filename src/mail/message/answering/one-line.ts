/** A text of a received message as a header field can hold it: what came may have what nobody can send. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .toWellFormed()
    .slice(0, 500);
}

/** A subject with `Re:` or `Fwd:`, once. */
export function prefixed(prefix: string, subject: string): string {
  const line = oneLine(subject);
  return line.toLowerCase().startsWith(prefix.toLowerCase()) ? line : `${prefix} ${line}`;
}
