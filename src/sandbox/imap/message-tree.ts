import type { StoredMessage } from '../store/store.js';
import { MimePart } from '../message/mime/mime-part.js';

/** By the source itself: copies of a message share it. */
const trees = new WeakMap<Buffer, MimePart>();

/** A message taken apart, once for all who ask. */
export function messageTree({ source }: StoredMessage): MimePart {
  let tree = trees.get(source);
  if (!tree) trees.set(source, (tree = new MimePart(withCrlf(source))));
  return tree;
}

/** The source with CRLF at all its line ends, as IMAP wants them; the same where it has them already. */
function withCrlf(source: Buffer): Buffer {
  for (let at = source.indexOf(0x0a); at >= 0; at = source.indexOf(0x0a, at + 1)) {
    if (source[at - 1] === 0x0d) continue;
    return Buffer.from(source.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
  }
  return source;
}
