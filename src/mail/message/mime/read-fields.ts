import type { HeaderField } from './mime-part.js';

/** Fields of one header section that are kept; real mail has some hundred at most. */
const mostFields = 10_000;

export interface HeaderSection {
  readonly fields: readonly HeaderField[];
  /** Where the body begins. */
  readonly end: number;
}

/**
 * Reads a header section (RFC 5322 section 2.2). It ends with an empty line; where that is missing, with a line
 * that `endsPart`; and where the first line is no field, there is none.
 */
export function readFields(source: Buffer, start: number, endsPart: (lineStart: number) => boolean): HeaderSection {
  const fields: { name: string; value: string }[] = [];
  for (let at = start; at < source.length;) {
    const next = afterLine(source, at);
    const line = source.toString('latin1', at, next).replace(/\r?\n$/, '');
    if (line === '') return { fields, end: next };
    if (endsPart(at)) return { fields, end: at };
    const [, name, value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line) ?? [];
    const last = fields.at(-1);
    if (name !== undefined) {
      if (fields.length < mostFields) fields.push({ name: name.toLowerCase(), value });
    } else if (/^[ \t]/.test(line) && last) {
      last.value += line;
    } else if (at === start && !/^>?From /.test(line)) {
      return { fields, end: start };
    }
    at = next;
  }
  return { fields, end: source.length };
}

/** Where the line after the one at `at` begins. */
export function afterLine(source: Buffer, at: number): number {
  const lineFeed = source.indexOf(10, at);
  return lineFeed < 0 ? source.length : lineFeed + 1;
}
