/**
 * Puts a stream's chunks together; nothing where they exceed `max` octets. They are copied as they come: kept,
 * a million chunks of one octet would take a hundred times their size.
 */
export async function collect(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  max: number,
): Promise<Buffer | undefined> {
  let collected: Buffer = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of chunks) {
    if (size + chunk.length > max) return undefined;
    if (size + chunk.length > collected.length) collected = grown(collected, size + chunk.length);
    collected.set(chunk, size);
    size += chunk.length;
  }
  return collected.subarray(0, size);
}

function grown(collected: Buffer, needed: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.max(needed, 2 * collected.length));
  larger.set(collected);
  return larger;
}
