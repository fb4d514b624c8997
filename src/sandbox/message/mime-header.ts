/** Reads and edits the header section of a MIME source (RFC 5322 section 2.2), and leaves the body as it is. */

export interface HeaderField {
  readonly name: string;
  /** Unfolded, not decoded. */
  readonly value: string;
}

export function headerFields(source: Buffer): HeaderField[] {
  return rawFields(source).map((raw) => {
    const field = Buffer.from(raw, 'latin1').toString();
    const value = field.slice(field.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, '');
    return { name: nameOf(field), value: value.trim() };
  });
}

/** All values of a header, top to bottom. */
export function headerValues(source: Buffer, name: string): string[] {
  return headerFields(source)
    .filter((field) => field.name.toLowerCase() === name.toLowerCase())
    .map((field) => field.value);
}

/** The fields as they are written, each line ended. */
export function headerSection(source: Buffer): string {
  return source.toString('utf8', 0, headerEnd(source));
}

export function withoutHeader(source: Buffer, name: string): Buffer {
  const kept = rawFields(source).filter((field) => nameOf(field).toLowerCase() !== name.toLowerCase());
  const section = kept.map((field) => `${field}\r\n`).join('');
  return Buffer.concat([Buffer.from(section, 'latin1'), source.subarray(headerEnd(source))]);
}

/** Puts a field on top. */
export function withHeader(source: Buffer, name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from(`${name}: ${value}\r\n`), source]);
}

/** Ends every line with CRLF (RFC 5322 section 2.3). */
export function withCrlf(source: Buffer): Buffer {
  return Buffer.from(source.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}

/** Each field with its folding, in latin1, which keeps every octet. */
function rawFields(source: Buffer): string[] {
  const section = source.toString('latin1', 0, headerEnd(source));
  return section.split(/\r?\n(?![ \t])/).filter((field) => field.includes(':'));
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).trim();
}

/** Where the empty line begins that ends the header section. */
export function headerEnd(source: Buffer): number {
  if (source.subarray(0, 2).toString('latin1') === '\r\n') return 0;
  const ends = [source.indexOf('\r\n\r\n') + 2, source.indexOf('\n\n') + 1].filter((end) => end > 1);
  return ends.length > 0 ? Math.min(...ends) : source.length;
}
