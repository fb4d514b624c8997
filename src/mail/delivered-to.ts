interface Header {
  readonly name: string;
  readonly value: string | null;
}

const addressing = /^(?:delivered-to|x-original-to|envelope-to|to|cc)$/i;
const between = /[\s<>()[\],;:\\"]+/;
/** The longest address that there can be: RFC 5321, section 4.5.3.1. */
const longest = 64 + 1 + 255;

/**
 * The addresses that a message's transport headers say it was delivered to: `Delivered-To`,
 * `X-Original-To`, and `for` of `Received` (RFC 5321 section 4.4). `To` and `Cc` as they came over the
 * wire count too: Exchange may show the account that `qa+tag@` resolved to instead.
 */
export function deliveredTo(headers: readonly Header[]): string[] {
  const found = new Map<string, string>();
  for (const { name, value } of headers) {
    for (const address of addressesIn(name, value ?? '')) found.set(address.toLowerCase(), address);
  }
  return [...found.values()];
}

function addressesIn(name: string, value: string): readonly string[] {
  if (addressing.test(name)) return value.split(between).filter(isAddress);
  if (!/^received$/i.test(name)) return [];
  const recipient = /\sfor\s+<?([^\s<>;]+@[^\s<>;]+)>?/i.exec(value)?.[1];
  return recipient === undefined ? [] : [recipient];
}

function isAddress(word: string): boolean {
  return word.length <= longest && /^[^@]+@[^@]+$/.test(word);
}
