import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { ExchangeError } from '../../errors.js';
import { nameOf } from './attachment-name.js';
import { safeFileName } from './file-name.js';

interface SavedFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** Files of one name in a folder, before it is no accident any more. */
const mostOfAName = 1000;

/** Writes a file as `Attachment.saveAs` says. */
export async function saveAttachment(attachment: SavedFile, path: string): Promise<string> {
  try {
    if (!(await isFolder(path))) {
      await makeFolder(dirname(resolve(path)));
      await writeFile(path, attachment.content);
      return resolve(path);
    }
    await makeFolder(resolve(path));
    return await saveBeside(attachment, resolve(path));
  } catch (cause) {
    const summary = `The attachment ${JSON.stringify(attachment.filename)} can't be saved in ${JSON.stringify(path)}`;
    throw new ExchangeError('CONFIGURATION', `${summary}: ${(cause as Error).message}.`, { cause });
  }
}

async function isFolder(path: string): Promise<boolean> {
  if (/[\\/]$/.test(path)) return true;
  return await stat(path).then(
    (file) => file.isDirectory(),
    () => false,
  );
}

/** Node's own `recursive` tries for ever where the system makes no folders, as below Linux's /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await makeOneFolder(path);
  } catch (error) {
    const parent = dirname(path);
    // A drive that is not there has no folder above it.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent);
    await makeOneFolder(path);
  }
}

async function makeOneFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!(await isFolder(path))) throw error;
  }
}

/** Never over a file that is there, nor through a link. */
async function saveBeside(attachment: SavedFile, folder: string): Promise<string> {
  const name = safeFileName(nameOf(attachment), 'attachment');
  const extension = extname(name);
  for (let number = 1; number <= mostOfAName; number++) {
    const free = number === 1 ? name : `${name.slice(0, name.length - extension.length)} (${number})${extension}`;
    const path = join(folder, free);
    try {
      await writeFile(path, attachment.content, { flag: 'wx' });
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new Error(`there are ${mostOfAName} files of the name ${name}`);
}
