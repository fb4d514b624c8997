import { collect } from '../../async/collect.js';
import type { Connection } from '../server/connection.js';

const lineEnd = '\r\n';
const end = '\r\n.\r\n';

/**
 * Reads what follows DATA up to the line with a dot alone, the dots taken away that were put before others (RFC 5321
 * section 4.5.2). A line ends with CR LF and nothing else, so that no two servers see different mails in it.
 * @returns nothing where it is larger than `limit`; it is read to its end even then
 * @throws ConnectionClosed
 */
export async function readData(connection: Connection, limit: number): Promise<Buffer | undefined> {
  const chunks = dataChunks(connection);
  const data = await collect({ [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) }, limit + end.length);
  if (data) return withoutStuffing(data.subarray(0, data.length - '.\r\n'.length));
  while (!(await chunks.next()).done);
  return undefined;
}

/** What comes, the last line included. */
async function* dataChunks(connection: Connection): AsyncGenerator<Buffer, undefined> {
  let tail = Buffer.from(lineEnd);
  for (;;) {
    const chunk = await connection.chunk();
    const seen = Buffer.concat([tail, chunk]);
    const at = seen.indexOf(end);
    if (at < 0) {
      yield chunk;
      tail = seen.subarray(-(end.length - 1));
      continue;
    }
    const length = at + end.length - tail.length;
    connection.unread(chunk.subarray(length));
    yield chunk.subarray(0, length);
    return undefined;
  }
}

/** Works in place: a large mail is held once. */
function withoutStuffing(data: Buffer): Buffer {
  let [from, to] = [0, 0];
  const skip = (dot: number): void => {
    data.copyWithin(to, from, dot);
    to += dot - from;
    from = dot + 1;
  };
  if (data[0] === 0x2e) skip(0);
  for (let at = data.indexOf('\r\n.'); at >= 0; at = data.indexOf('\r\n.', at + 3)) skip(at + lineEnd.length);
  data.copyWithin(to, from);
  return data.subarray(0, to + data.length - from);
}
