/** A day, a month by name and a year, in any order; or as ISO 8601 writes it. */
const dated = /(?:\b\d{1,2}\b.*\b\d{2,4}\b|\b\d{4}\b.*\b\d{1,2}\b)/s;
const month = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}|$)/i;
const known = /(?:[+-]\d{2}:?\d{2}|(?<![a-z])(?:z|utc?|gmt|[ecmp][sd]t))$/i;

/**
 * A date (RFC 5322 section 3.3, and what is seen in its place: ISO 8601, the form of C's `ctime`). One without a
 * zone, or with one that RFC 5322 does not know, is in UTC (section 4.3). Nothing where it can't be read.
 */
export function parseDate(text: string): Date | undefined {
  const plain = text
    .slice(0, 100)
    .replace(/\([^()]*\)/g, ' ')
    .trim();
  if (!iso.test(plain) && !(month.test(plain) && dated.test(plain))) return undefined;
  const date = new Date(known.test(plain) ? plain : inUtc(plain));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function inUtc(plain: string): string {
  if (iso.test(plain)) return `${plain.replace(' ', 'T')}${plain.includes(':') ? 'Z' : ''}`;
  return `${plain.replace(/(\d)\s+[a-z]{1,5}$/i, '$1')} UTC`;
}
