import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a service answered, in the shape of an HTTP message. */
export interface Recording {
  /** `graph/message` */
  readonly name: string;
  /** Where it is shown. */
  readonly source: string;
  /** The source leaves fields out. */
  readonly isShortened: boolean;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const folder = new URL('../recordings/', import.meta.url).pathname;

/** All recordings of a folder: `graph`. */
export function recordings(service: string): Recording[] {
  const files = readdirSync(join(folder, service)).filter((name) => name.endsWith('.http'));
  return files.map((file) => recording(`${service}/${file.replace('.http', '')}`));
}

export function recording(name: string): Recording {
  const text = readFileSync(join(folder, `${name}.http`), 'utf8');
  const [head = '', ...rest] = text.split('\n\n');
  const comments = head.split('\n').filter((line) => line.startsWith('#'));
  const [line = '', ...fields] = head.split('\n').slice(comments.length);
  return {
    name,
    source: (comments[0] ?? '').slice(2),
    isShortened: comments.includes('# shortened'),
    status: Number(line.split(' ')[1]),
    headers: Object.fromEntries(fields.map((field) => field.split(/: (.*)/).slice(0, 2) as [string, string])),
    body: rest.join('\n\n'),
  };
}
