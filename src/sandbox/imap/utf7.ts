/** Folder names on the wire: modified UTF-7 (RFC 3501 section 5.1.3). */

export function encodeUtf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${encodeRun(run)}-`));
}

/** What is no valid UTF-7 is taken for UTF-8, which some clients send. */
export function decodeUtf7(text: string): string {
  if (/[\x80-\xff]/.test(text)) return Buffer.from(text, 'latin1').toString('utf8');
  return text.replace(/&([A-Za-z0-9+,]*)-/g, (_, run: string) => (run === '' ? '&' : decodeRun(run)));
}

function encodeRun(run: string): string {
  return Buffer.from(run, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',');
}

function decodeRun(run: string): string {
  const octets = Buffer.from(run.replaceAll(',', '/'), 'base64');
  return octets
    .subarray(0, octets.length & ~1)
    .swap16()
    .toString('utf16le');
}
