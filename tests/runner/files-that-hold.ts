import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** The files below a folder in which a text stands, also where it is packed in an archive. */
export async function filesThatHold(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const holding: string[] = [];
  for (const file of files) {
    const content = await readFile(file);
    const parts = file.endsWith('.zip') ? unpack(content) : [content];
    if (parts.some((part) => part.includes(text))) holding.push(file);
  }
  return holding;
}

/** The files in a zip archive, by its central directory (APPNOTE.TXT sections 4.3.7 and 4.3.12). */
function unpack(archive: Buffer): Buffer[] {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = archive.readUInt16LE(end + 10);
  let entry = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const method = archive.readUInt16LE(entry + 10);
    const size = archive.readUInt32LE(entry + 20);
    const header = archive.readUInt32LE(entry + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const lengths = [28, 30, 32].map((offset) => archive.readUInt16LE(entry + offset));
    entry += 46 + lengths.reduce((sum, length) => sum + length);
    const data = archive.subarray(start, start + size);
    return method === 8 ? inflateRawSync(data) : data;
  });
}
