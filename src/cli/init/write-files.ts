import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface Written {
  readonly written: string[];
  /** They were there, and stay as they are. */
  readonly kept: string[];
}

/** Writes what is not there yet. */
export async function writeNew(directory: string, files: ReadonlyMap<string, string>): Promise<Written> {
  const result: Written = { written: [], kept: [] };
  for (const [path, text] of files) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    const isNew = await writeFile(file, text, { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    (isNew ? result.written : result.kept).push(path);
  }
  return result;
}

/** Adds the lines that a file lacks; false where it has them all. */
export async function addLines(file: string, lines: readonly string[]): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const there = new Set(text.split(/\r?\n/).map(withoutSlashes));
  const missing = lines.filter((line) => !there.has(withoutSlashes(line)));
  if (missing.length === 0) return false;
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  await writeFile(file, `${text}${separator}${missing.join('\n')}\n`);
  return true;
}

/** `/test-results/` and `test-results` name the same. */
function withoutSlashes(line: string): string {
  return line.trim().replace(/^\/|\/$/g, '');
}
