import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

/** One import of a source file. */
export interface Import {
  /** The importing file, below `src`. */
  readonly from: string;
  /** The imported file below `src`, or the package's name. */
  readonly to: string;
  /** `value` runs the imported module at once, `dynamic` when asked for, `type` never. */
  readonly kind: 'value' | 'dynamic' | 'type';
}

/** Every import of every file with an ending, but for those of Node itself. */
export function importsIn(folder: string, ending: '.ts' | '.js'): Import[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .flatMap((file) => importsOf(file.replaceAll(sep, '/'), readFileSync(join(folder, file), 'utf8')));
}

/** The imports of one file. Its statements start a line, as the formatter leaves them. */
export function importsOf(from: string, source: string): Import[] {
  const code = source.replace(/(^|\s)\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  const statements = [
    ...code.matchAll(/^(?:import|export)\s+(type\s)?(?:[\w*${},\s]*\sfrom\s+)?['"]([^'"]+)['"]/gm),
  ].map(([, type, specifier]) => ({ kind: type ? 'type' : 'value', specifier }) as const);
  const calls = [...code.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(
    ([, type, specifier]) => ({ kind: type ? 'type' : 'dynamic', specifier }) as const,
  );
  return [...statements, ...calls]
    .filter(({ specifier }) => !specifier!.startsWith('node:'))
    .map(({ kind, specifier }) => ({ from, to: target(from, specifier!), kind }));
}

/** Everything that loading a file loads with it: files below `src`, and packages. */
export function loadedWith(entry: string, imports: readonly Import[]): Set<string> {
  const loaded = new Set([entry]);
  for (const file of loaded)
    for (const { from, to, kind } of imports) if (from === file && kind === 'value') loaded.add(to);
  return loaded;
}

/** The circles of files that import each other, by whatever kind of import, each as its files in order. */
export function circlesOf(imports: readonly Import[]): string[][] {
  const arrows = new Map<string, string[]>(imports.map(({ from }) => [from, []]));
  for (const { from, to } of imports) arrows.get(from)!.push(to);
  const files = [...arrows.keys()];
  const reached = new Map(files.map((file) => [file, reachedFrom(file, arrows)]));
  const circles = files
    .filter((file) => reached.get(file)!.has(file))
    .map((file) =>
      [...reached.get(file)!]
        .filter((other) => reached.get(other)?.has(file))
        .toSorted()
        .join(' '),
    );
  return [...new Set(circles)].map((circle) => circle.split(' '));
}

function reachedFrom(file: string, arrows: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const next = [file];
  for (let from = next.pop(); from !== undefined; from = next.pop()) {
    for (const to of arrows.get(from) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      next.push(to);
    }
  }
  return reached;
}

function target(from: string, specifier: string): string {
  if (specifier.startsWith('.'))
    return posix.join(posix.dirname(from), specifier).replace(/\.js$/, posix.extname(from));
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
