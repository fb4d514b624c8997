/** The Distinguished Encoding Rules of ASN.1 (ITU-T X.690), as far as a certificate needs them. */

/** One value: its tag, its length, its content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body)]), body]);
}

export function sequence(...content: readonly Uint8Array[]): Buffer {
  return der(0x30, ...content);
}

export function set(...content: readonly Uint8Array[]): Buffer {
  return der(0x31, ...content);
}

/** A whole number of 0 or more, from its big-endian octets. */
export function integer(...octets: readonly number[]): Buffer {
  return der(0x02, Buffer.from(octets[0]! > 0x7f ? [0, ...octets] : octets));
}

export function octetString(content: Uint8Array): Buffer {
  return der(0x04, content);
}

/** A string of bits, the last `unused` of which are padding. */
export function bitString(content: Uint8Array, unused = 0): Buffer {
  return der(0x03, Buffer.from([unused]), content);
}

export function utf8String(text: string): Buffer {
  return der(0x0c, Buffer.from(text));
}

export const yes = der(0x01, Buffer.from([0xff]));

/** A date before 2050, to the second. */
export function utcTime(date: Date): Buffer {
  return der(0x17, Buffer.from(date.toISOString().replace(/^\d\d|[-:T]|\.\d+/g, '')));
}

/** An object identifier in dotted notation. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([40 * first + second, ...rest.flatMap(base128)]));
}

function lengthOf({ length }: Buffer): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

/** Seven bits an octet, all but the last marked. */
function base128(value: number): number[] {
  const octets = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) octets.unshift(0x80 | (rest & 0x7f));
  return octets;
}
