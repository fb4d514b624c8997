import type { CallOptions, Folder } from '../transport.js';
import { list } from './graph-answer.js';
import type { GraphSession, Operation } from './graph-session.js';

/** What reading a folder is called, and how it is done. */
export function readingFolder({ name }: Folder, { signal }: CallOptions): Operation {
  return { operation: `reading the folder ${name}`, isAboutFolder: true, signal };
}

/** Lists what a query finds, page by page. */
export async function* listPages(
  session: GraphSession,
  operation: Operation,
  first: { readonly path: string; readonly prefer?: string },
): AsyncGenerator<Readonly<Record<string, unknown>>[]> {
  let path: unknown = first.path;
  while (typeof path === 'string') {
    const page = await session.read(operation, { ...first, method: 'GET', path });
    yield list(page['value']);
    path = page['@odata.nextLink'];
  }
}

/** To the second, as Graph gives and takes times. */
export function graphTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
