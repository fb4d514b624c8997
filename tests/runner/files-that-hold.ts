import { readWritten } from './read-written.js';

/** The files below a folder in which a text stands, also where it is packed in an archive. */
export async function filesThatHold(folder: string, text: string): Promise<string[]> {
  const written = await readWritten(folder);
  return written.filter(({ content }) => content.includes(text)).map(({ where }) => where);
}
