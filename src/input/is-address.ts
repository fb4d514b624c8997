/**
 * Whether a text is an e-mail address and nothing else: a dot-atom, or its like in other scripts, or a quoted text, at a
 * domain or an address in brackets (RFC 5322 section 3.4.1, RFC 6531).
 */
export function isAddress(text: string): boolean {
  const address = text.trim();
  return address.length <= longest && pattern.test(address) && address.isWellFormed();
}

/** RFC 3696, erratum 1690, has 254; some that are longer are used. */
const longest = 320;

const atom = String.raw`[^\s@<>()[\]\\,;:"\u0000-\u0020\u007f-\u009f]+`;
const quoted = String.raw`"(?:[^"\\\u0000-\u001f\u007f-\u009f]|\\[\x20-\x7e])+"`;
const pattern = new RegExp(String.raw`^(?:${atom}|${quoted})@(?:${atom}|\[[\w.:]+\])$`);
