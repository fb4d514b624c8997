import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isArchive, unpackArchive } from './unpack-archive.js';

/** Something that was written: a file, a part of one that is packed in it, or what was printed. */
export interface Written {
  /** `results/a/trace.zip > test.trace` */
  readonly where: string;
  readonly content: Buffer;
}

/** All files below a folder, and all that is packed in them, however deep. */
export async function readWritten(folder: string): Promise<Written[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const written: Written[] = [];
  for (const file of files) {
    written.push(...unpacked({ where: relative(folder, file), content: await readFile(file) }));
  }
  return written;
}

function unpacked(written: Written): Written[] {
  return [
    written,
    ...packedIn(written.content).flatMap(({ where, content }) =>
      unpacked({ where: `${written.where} > ${where}`, content }),
    ),
  ];
}

/** What an archive holds; the HTML report carries its own as a data URL. */
function packedIn(content: Buffer): Written[] {
  if (isArchive(content))
    return unpackArchive(content).map(({ name, content: part }) => ({ where: name, content: part }));
  const archives = content.toString('latin1').matchAll(/data:application\/zip;base64,([A-Za-z0-9+/=]+)/g);
  return [...archives].map(([, data = '']) => ({ where: 'data URL', content: Buffer.from(data, 'base64') }));
}
