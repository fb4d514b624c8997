import { inflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

export function isArchive(content: Buffer): boolean {
  return content.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
}

/** The files in a zip archive, by its central directory (APPNOTE.TXT sections 4.3.7 and 4.3.12). */
export function unpackArchive(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = archive.readUInt16LE(end + 10);
  let entry = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const method = archive.readUInt16LE(entry + 10);
    const size = archive.readUInt32LE(entry + 20);
    const header = archive.readUInt32LE(entry + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(entry + offset));
    const name = archive.subarray(entry + 46, entry + 46 + lengths[0]!).toString();
    entry += 46 + lengths.reduce((sum, length) => sum + length);
    const data = archive.subarray(start, start + size);
    return { name, content: method === 8 ? inflateRawSync(data) : data };
  });
}
