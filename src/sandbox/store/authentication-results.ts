/** Octets of a message in which its author is looked for. */
const within = 16_384;

/** The field (RFC 8601) in which a delivering server records where a message comes from. Nothing is verified. */
export function authenticationResults(source: Buffer, result: 'pass' | 'fail'): Buffer {
  const head = source.toString('latin1', 0, within).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const from = /^from:[^\n]*(?:\n[ \t][^\n]*)*/im.exec(head)?.[0] ?? '';
  const domain =
    from
      .match(/@[\w.-]+/g)
      ?.at(-1)
      ?.slice(1) ?? 'unknown.invalid';
  const lines = [
    'Authentication-Results: sandbox.invalid',
    `spf=${result} smtp.mailfrom=${domain}`,
    `dkim=${result} header.d=${domain}`,
    `dmarc=${result} action=none header.from=${domain}`,
  ];
  return Buffer.from(`${lines.join(';\r\n\t')}\r\n`);
}
