import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a server says, and a client answers, in their order. */
export interface Dialogue {
  /** `imap/sign-in` */
  readonly name: string;
  /** Where it is shown. */
  readonly source: string;
  readonly turns: readonly { readonly who: 'S' | 'C'; readonly text: string }[];
}

const folder = new URL('../recordings/', import.meta.url).pathname;

/** All dialogues of a folder: `imap`. */
export function dialogues(service: string): Dialogue[] {
  const files = readdirSync(join(folder, service)).filter((name) => name.endsWith('.txt'));
  return files.map((file) => dialogue(`${service}/${file.replace('.txt', '')}`));
}

/** Lines of `S:` and `C:`; what differs from answer to answer is in braces: `{host}`. */
export function dialogue(name: string): Dialogue {
  const [source = '', ...lines] = readFileSync(join(folder, `${name}.txt`), 'utf8')
    .trimEnd()
    .split('\n');
  const turns = lines.map((line) => ({ who: line[0] as 'S' | 'C', text: line.slice(3) }));
  return { name, source: source.slice(2), turns };
}

/** What a line of a server is to look like. */
export function patternOf(text: string): RegExp {
  const parts = text.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^]*')}$`);
}
