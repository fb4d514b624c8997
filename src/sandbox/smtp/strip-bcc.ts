/** A message without its `Bcc` header, as its recipients are to get it (RFC 5322 section 3.6.3). */
export function stripBcc(source: Buffer): Buffer {
  const text = source.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const head = `${text.slice(0, end)}\r\n`;
  const stripped = head.replace(/^bcc[ \t]*:.*\r?\n(?:[ \t].*\r?\n)*/gim, '');
  if (stripped === head) return source;
  return Buffer.from(stripped.replace(/\r\n$/, '') + text.slice(end), 'latin1');
}
